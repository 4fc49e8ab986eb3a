"""What whoever hosts the site may want to watch: counters, on one plain page and as JSON for a monitor."""
