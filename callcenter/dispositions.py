"""What a call ended as."""


def require(name: str) -> None:
    """Raise where there is none."""
