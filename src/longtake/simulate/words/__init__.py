"""Word lists of the invented viewers, as TOML."""
