"""What apps add to the site: kinds of section, content models, tools, rights."""
