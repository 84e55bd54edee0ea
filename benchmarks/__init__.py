"""How fast the product is, as ratios to floors that are measured in the same run: what is left when all that is ours is taken away."""
