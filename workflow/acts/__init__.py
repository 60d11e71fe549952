"""What each command does to a draft, one file a kind of act."""
