"""Papers of the council: what they say, gathered from the records into plain values."""
