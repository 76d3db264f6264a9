"""One Open Government Tag from save-the-date to archive: days, slots, rooms."""
