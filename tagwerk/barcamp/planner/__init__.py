"""Looks for a better plan beside everything else: what is searched, how it runs, what it would change."""
