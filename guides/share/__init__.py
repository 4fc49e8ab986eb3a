"""The picture that goes with a link to a guide: drawn when it is published, kept in the database."""
