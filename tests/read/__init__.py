"""Each format as people have it."""
