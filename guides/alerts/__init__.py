"""Word of what is new, without an account: by feed, by calendar, or by mail that one click ends."""
