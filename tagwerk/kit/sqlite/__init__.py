"""Our SQLite engine: Django's own, on a library without the WAL-reset fault, durable by default."""
