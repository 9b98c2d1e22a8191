"""The audience side of the loop: whose comments belong to which node, and whether they mean the card."""
