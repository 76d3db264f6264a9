"""The roof: settings, addresses, composed pages and the wiring between rooms."""
