"""Effects over time: a decay forecast frozen before the measure, placebo starts, controls."""
