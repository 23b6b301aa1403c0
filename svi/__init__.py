"""The only wiring: the application, the workers, the commands, the embedded servers and their group."""
