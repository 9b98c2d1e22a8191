"""What people write and change: accounts, roles, jobs, links, annotations, the board."""
