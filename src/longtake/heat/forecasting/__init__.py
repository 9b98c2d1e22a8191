"""What attention will do next, with and without the promotion that is planned."""
