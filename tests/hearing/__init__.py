"""What is said, and what it is taken for."""
