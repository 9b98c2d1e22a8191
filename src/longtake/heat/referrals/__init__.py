"""Word of mouth as a tree: who brought whom, how many further people each brings, and how unevenly."""
