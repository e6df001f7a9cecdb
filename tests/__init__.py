"""The tests: what the product promises, each promise with a test that would fail if it were broken."""
