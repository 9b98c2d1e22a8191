"""Parts of the trial benchmarks."""
