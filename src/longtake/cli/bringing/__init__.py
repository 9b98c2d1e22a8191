"""Commands that bring files in and take them back."""
