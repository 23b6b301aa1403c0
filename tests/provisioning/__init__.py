"""Setting the carrier's account up."""
