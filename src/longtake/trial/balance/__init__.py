"""Did each arm get the units it should have got? If not, nothing else about the trial is believed."""
