"""The pure rules of award approval: decisions over plain values."""
