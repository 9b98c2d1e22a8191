"""Three axes on which a trailer and its film may part: emotion, relations, pacing."""
