"""The explorer, tried in a real browser."""
