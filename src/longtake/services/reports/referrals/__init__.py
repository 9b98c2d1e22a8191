"""Who brought whom: word of mouth as a tree of invitations."""
