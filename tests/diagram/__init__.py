"""The explorer, on small made-up flows; the drawings and transcripts that the repository holds."""
