"""Lists from spreadsheets: read, checked whole, and entered all or not at all."""
