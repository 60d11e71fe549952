"""The tables, and the statements of the write path."""
