"""The pages of both checks, one module each."""
