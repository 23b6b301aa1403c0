"""What a webhook costs with few and with many people on file: whole registrations, in the same run.

`python -m bench.scale 10000 3300000` imports each number of people into a PostgreSQL of its own, makes the same calls,
and prints webhooks a second and the ratio to the first. The cost is not to grow with the number of insured.
"""

import asyncio
import statistics
import sys
import time

from rich.console import Console
from rich.table import Table

from bench.calls import CALLERS, RUNS, carrier, insured, serving
from bench.carrier import Figures, flat_out

CALLS = 300


def main(*sizes: int) -> None:
    """Measure, and print the table."""
    table = Table(title="Whole registrations with so many people on file")
    for column in ("people", "import, rows/s", "webhooks/s", "ratio to the first", "p50 ms", "p99 ms", "errors"):
        table.add_column(column, justify="right")
    first = 0.0
    for size in sizes:
        began = time.perf_counter()
        with insured(size) as scripts:
            seconds = time.perf_counter() - began
            runs: list[Figures] = []
            for _ in range(RUNS):
                with serving("svi", "web"):
                    asyncio.run(flat_out(carrier(), scripts(50), CALLERS))
                    runs.append(asyncio.run(flat_out(carrier(), scripts(CALLS), CALLERS)))
        rates = sorted(run.rate for run in runs)
        rate = statistics.median(rates)
        first = first or rate
        latencies = [f"{statistics.median(run.percentile(share) for run in runs):.1f}" for share in (0.5, 0.99)]
        spread = f"{rate:,.0f} ({rates[0]:,.0f} to {rates[-1]:,.0f})"
        errors = str(sum(run.errors for run in runs))
        table.add_row(f"{size:,}", f"{size / seconds:,.0f}", spread, f"{rate / first:.2f}", *latencies, errors)
    Console(width=120).print(table)


if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:] or ("10000", "3300000")))
