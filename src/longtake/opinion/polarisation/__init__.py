"""Whether answers gather around one place, spread out, or fall into two camps."""
