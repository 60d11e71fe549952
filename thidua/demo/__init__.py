"""A season played from a list of public commands, on a clock of its own."""
