"""What is planned for each invented campaign before chance has a say."""
