"""One file for each form of feed that this site reads by itself."""
