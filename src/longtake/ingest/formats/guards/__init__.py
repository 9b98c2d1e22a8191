"""What a container may cost, worked out before anything in it is unpacked."""
