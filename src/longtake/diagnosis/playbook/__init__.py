"""What to do about a cause: repairs, platform forms and entries, as dated packs that a team can replace."""
