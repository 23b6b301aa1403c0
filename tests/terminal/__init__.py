"""The advisor's terminal, in a call centre that runs."""
