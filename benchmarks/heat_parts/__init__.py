"""The parts of `longtake bench heat`, each with a table of its own."""
