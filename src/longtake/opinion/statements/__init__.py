"""What groups say: the statements that mark them, unite them, and are worth asking next."""
