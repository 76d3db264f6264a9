"""The market: exhibitors, their stands, and what happens at them."""
