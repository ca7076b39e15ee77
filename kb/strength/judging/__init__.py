"""How the built-in judge reads: words and their rarity, the closest sentences, what they show, and the model of it."""
