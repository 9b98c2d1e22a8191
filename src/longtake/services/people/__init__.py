"""Who may do what: accounts, invitations, roles, share links, sign-in."""
