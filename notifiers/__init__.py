"""Messages to people: rendering, headers, channels."""
