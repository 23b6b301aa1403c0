"""The API, asked as other systems ask it."""
