"""Tests of imported data, with small files in the publishers' form."""
