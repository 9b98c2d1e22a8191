"""Who likes what: circles of the audience, planned and observed, and how far they are apart."""
