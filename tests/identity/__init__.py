"""Who is calling, and what completes a registration."""
