"""Hours and promised calls."""
