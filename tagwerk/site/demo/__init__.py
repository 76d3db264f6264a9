"""The demo: a fictional barcamp in Musterstadt and a crowd that takes part through the public API."""
