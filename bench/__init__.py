"""How fast a dossier lives here, against the raw drivers at the same durability."""
