"""Reads programmes of other programs; hostile input becomes problems, never an error of ours."""
