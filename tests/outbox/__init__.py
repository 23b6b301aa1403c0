"""The outbox: promises kept once, whatever dies, fails or comes twice."""
