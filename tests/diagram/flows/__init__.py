"""Flows made up for the explorer."""
