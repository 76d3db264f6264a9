"""The papers that an organiser hands to data protection, the office for accessibility and the staff council."""
