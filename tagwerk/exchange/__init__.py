"""Speaks to other programs: reads and writes programmes in the public formats, on plain values."""
