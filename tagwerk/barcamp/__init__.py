"""Topics become sessions."""
