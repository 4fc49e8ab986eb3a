"""Every occupation that official data knows, with a page of its own."""
