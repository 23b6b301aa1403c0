"""Lists of people, imported into a real PostgreSQL."""
