"""How audience circles breed events in one another, and where the chain between them is weakest."""
