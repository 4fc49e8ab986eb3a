"""Documents: neutral blocks, and one writer for each kind of file."""
