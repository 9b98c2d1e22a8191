"""What a node promises, and where the film pays it off."""
