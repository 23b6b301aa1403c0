"""The queue on the real Valkey, and the routing that it is given."""
