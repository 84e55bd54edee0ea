"""How good the harvest is, in figures that stay: incident channels labelled by people, and what the rules make of them."""
