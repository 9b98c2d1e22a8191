"""Training of the daily forecast on public series of views."""
