"""Invented people, as many as wanted, and how fast their list is imported.

`python -m bench.people 200000` starts a PostgreSQL of its own (durable settings), imports a list of that many
self-employed workers, then the same list again, and prints rows a second for each.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from backend import db
from backend.feeds import run_import
from svi import embedded, migrate

HEADER = (
    "cin,last_name,first_name,last_name_ar,first_name_ar,birth_date,category,mobile,tax_id,city,preferred_language,"
    "liaison_body,registration_number,contributions_from,amo_from"
)
LAST_NAMES = ("El Amrani", "Benjelloun", "Ouhaddou", "Tazi", "Chraibi", "N'Ait Lahcen", "Idrissi", "Bennis", "Lahlou")
FIRST_NAMES = ("Salma", "Youssef", "Brahim", "Nadia", "Omar", "Khadija", "Hicham", "Imane", "Rachid", "Anas")
ARABIC = ("العمراني", "بنجلون", "أوحدو", "التازي", "الشرايبي", "الإدريسي", "بنيس", "لحلو")
CATEGORIES = ("cpu", "doctor", "notary", "auto-entrepreneur", "accounting-trader", "pharmacist")
CITIES = ("Casablanca", "Fès", "Tiznit", "Marrakech", "Settat", "Rabat", "Oujda", "Kénitra")
BODIES = ("Ordre des médecins", "Direction générale des impôts", "Registre national de l'auto-entrepreneur")


def lines(rows: int, seed: int = 3939) -> Iterator[str]:
    """Give the lines of a `tns` list: every identity card differs; 5 % are farmers, 40 % have no mobile on file."""
    dice = random.Random(seed)
    yield HEADER
    for number in range(rows):
        # 7919 is prime: cards come in no order, as in life, and none comes twice below ten million rows.
        card = f"{'ABCDEFGHJK'[number % 10]}{'ABCDEFGHJK'[number // 10 % 10]}{number * 7919 % 10_000_000:07}"
        farmer = dice.random() < 0.05
        yield ",".join(
            (
                card,
                dice.choice(LAST_NAMES),
                dice.choice(FIRST_NAMES),
                dice.choice(ARABIC),
                dice.choice(ARABIC),
                f"{dice.randint(1945, 2004)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
                "farmer" if farmer else dice.choice(CATEGORIES),
                f"+2126{dice.randint(60, 69)}{dice.randint(0, 999_999):06}" if dice.random() < 0.6 else "",
                str(dice.randint(10_000_000, 99_999_999)) if dice.random() < 0.8 else "",
                dice.choice(CITIES),
                dice.choice(("ar", "fr")),
                dice.choice(BODIES),
                "",
                "2022-06" if farmer else "",
                "2022-07-01" if farmer else "",
            )
        )


def write(path: Path, rows: int) -> None:
    """Write a `tns` list of so many people."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines(rows))


def main(rows: int) -> None:
    """Print rows a second."""
    with tempfile.TemporaryDirectory(prefix="svi-bench-") as folder, embedded.temporary_home() as home:
        file = Path(folder) / "tns.csv"
        write(file, rows)
        with embedded.postgresql(home) as url:
            os.environ["DATABASE_URL"] = url
            migrate.upgrade(url)
            for what in ("new", "again"):
                begun = time.perf_counter()
                counts = run_import("tns", file, lambda _progress: None)
                seconds = time.perf_counter() - begun
                print(f"{what:8} {rows / seconds:10,.0f} rows/s   {seconds:6.1f} s   {counts}")
            db.engine().dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
