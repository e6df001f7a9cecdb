"""What files state beside their text, and what it means: people, dates, languages, addresses, tags."""
