"""One file a group of rules, each with `find(source)`: the places it marks, whatever the section."""
