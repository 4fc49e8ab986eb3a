"""How moments are written, a module a language: `date:"DATETIME_FORMAT"` in templates, and the admin's own pages."""
