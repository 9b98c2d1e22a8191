"""People who bring people: worlds of invitations."""
