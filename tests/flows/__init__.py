"""Conversations as callers meet them, by the real application."""
