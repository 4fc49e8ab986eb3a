"""What is imported from BLS and O*NET, and held against the guides' figures."""
