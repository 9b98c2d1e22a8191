"""What keeps an installation going."""
