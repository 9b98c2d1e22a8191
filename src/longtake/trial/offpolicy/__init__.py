"""What another way of choosing would have earned, from logs of the way that was used."""
