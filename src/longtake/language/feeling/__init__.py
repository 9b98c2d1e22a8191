"""Which of six emotions a text shows: learned, calibrated, explained."""
