"""Who somebody is to us, and what we may do with that."""
