"""The ledger of changes and its fan-out to every open page; knows no domain word."""
