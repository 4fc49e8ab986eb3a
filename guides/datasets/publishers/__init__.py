"""The publishers whose files are imported, a module each."""
