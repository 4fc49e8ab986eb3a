"""Job descriptions, for those who hire."""
