"""What goes out to whoever has to judge: the journal exported, its verifier, a dossier's folder."""
