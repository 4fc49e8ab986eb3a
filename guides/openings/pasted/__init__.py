"""A posting, or a mail about an application, that somebody pastes: what it says, and in which line. Nothing is kept."""
