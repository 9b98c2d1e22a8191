"""Parts of the web benchmark: a furnished campaign, the addresses of its routes, their times."""
