"""Papers of the council: templates filled in, laid out as text or as a Word file."""
