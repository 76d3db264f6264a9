"""Commands for the operator: accounts, roles, tokens."""
