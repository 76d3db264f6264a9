"""The base of the house: frame, text, dates and the one door for writes; knows no domain word."""
