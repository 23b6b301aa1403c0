"""`python -m svi`: the same program as `svi`."""

from svi.cli import main

main()
