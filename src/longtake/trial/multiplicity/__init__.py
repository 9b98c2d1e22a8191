"""Many arms, many metrics: errors held together, and winners that are not believed at their word."""
