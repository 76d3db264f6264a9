"""Everything that is printed: cards, posters, signs, grids, the crew sheet, and the Notfallmappe made of them."""
