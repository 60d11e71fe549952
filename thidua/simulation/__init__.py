"""Synthetic dossiers played through a procedure on a virtual clock, by stated behaviour."""
