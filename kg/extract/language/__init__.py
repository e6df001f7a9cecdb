"""What is known of English words: the classes they can be, how common they are, and the words of a text with both."""
