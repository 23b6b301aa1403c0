"""Lists that come from outside: `run_import("tns", path, progress)` brings a file into the database.

`catalogue` names every kind; each is a module of its own (`persons`, `ledger`, …): its columns, the rules of a row,
its merge, and what `run_export` writes back.

A file is read line by line (`reading`), each row is checked cell by cell (`cells`), each batch is copied into a
staging table and merged set by set (`staging`) in one transaction, which also notes how far the import is
(`imports`): killed at any moment, it goes on where it was. What can't be used goes to `FILE.rejected.csv` (`rejected`).
"""

from backend.feeds.catalogue import KINDS
from backend.feeds.exporting import run_export, whole_file
from backend.feeds.importing import run_import, was_imported
from backend.feeds.imports import Counts, Progress, last_of_each
from backend.feeds.posting import Taken, take

__all__ = [
    "KINDS",
    "Counts",
    "Progress",
    "Taken",
    "last_of_each",
    "run_export",
    "run_import",
    "take",
    "was_imported",
    "whole_file",
]
