"""The parts of an article: title, details and sections, found on one page and joined from several."""
