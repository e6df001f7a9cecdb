"""One module for each format, each with the one function `documents`: bytes in, documents and what became none out."""
