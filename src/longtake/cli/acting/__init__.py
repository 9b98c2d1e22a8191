"""Commands that say or send something."""
