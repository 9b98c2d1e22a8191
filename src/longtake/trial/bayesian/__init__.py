"""What is believed after a trial: chances to be better, and what choosing wrongly would cost."""
