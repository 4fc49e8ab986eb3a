"""Forms of the plan, a file a subject."""
