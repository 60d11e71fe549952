"""Figures the project is judged by: one line each, measured anew, with a fault that turns it."""
