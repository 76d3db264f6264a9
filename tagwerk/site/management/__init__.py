"""Commands of the roof, run as `tagwerk manage NAME`."""
