"""Take files in, with a receipt for every record."""
