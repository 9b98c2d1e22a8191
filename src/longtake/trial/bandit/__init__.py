"""Trials that send more units to what does better while they run: batched, with late results and drifting rates."""
