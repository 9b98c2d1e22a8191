"""Sign-in, invitations, members, share links."""
