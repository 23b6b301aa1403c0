"""The shared service: one subject a module, its table and its queries together."""
