"""Collections of any size, dealt anew from real articles, and what grows faster than they do."""
