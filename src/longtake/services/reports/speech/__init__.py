"""What the page says of the words: polarity, labels, lines, floods, who wrote."""
