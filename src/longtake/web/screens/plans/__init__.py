"""The plan: its board, a stage through its life, its record, what stays of it."""
