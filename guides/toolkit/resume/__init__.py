"""Resumes: worked examples, and the builder, which takes in and gives out files."""
