"""Ideas of what could be better between departments, and teams that make it so."""
