"""Text out of a resume that a person uploads, read in a process of its own."""
