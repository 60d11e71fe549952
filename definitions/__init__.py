"""Procedures as data: reading, checking, drawing, and the calendars they count on."""

from thidua.definitions.loader import load, load_file, parse, shipped

__all__ = ["load", "load_file", "parse", "shipped"]
