"""The pages of the guides, the same bytes for everyone but for report and preview."""
