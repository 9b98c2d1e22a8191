"""A stage of a plan: registered before it starts, judged after it, tried on campaigns with known truth."""
