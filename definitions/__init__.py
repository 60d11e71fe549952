"""Procedures as data: reading, checking, drawing, and the calendars they count on."""
