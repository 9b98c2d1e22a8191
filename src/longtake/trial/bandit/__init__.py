"""Trials that send more units to what does better while they run, batch by batch, on drifting rates."""
