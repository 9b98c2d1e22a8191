"""The parts of `longtake bench trials`."""
