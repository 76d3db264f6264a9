"""Tagwerk runs an Open Government Tag: conference, barcamp and marketplace."""
