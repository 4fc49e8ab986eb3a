"""What a person does with their stories. All of it private."""
