"""A person's own stories, told once and used again: in answers, letters and resume lines."""
