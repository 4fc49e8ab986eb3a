"""From the draft to the reader: editions, fixtures, publishing checks, differences."""
