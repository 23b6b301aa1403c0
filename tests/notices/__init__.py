"""Notices, grants, switches and quiet hours."""
