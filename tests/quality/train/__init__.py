"""What makes the data files of kg/extract: word classes, frequencies, weights. Nothing here is needed to run `kg`."""
