"""When a session ends in the middle of somebody's work: what was typed stays theirs, and goes on."""
