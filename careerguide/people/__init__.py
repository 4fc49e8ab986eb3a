"""Who may come in: invitations, roles in words, forgotten passwords, lost second factors, and open sessions."""
