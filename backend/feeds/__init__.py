"""Lists that come from outside: `run_import("tns", path, progress)` brings a file into the database.

A file is read line by line (`reading`), each row is checked cell by cell (`cells`, `persons`), each batch is copied
into a staging table and merged set by set (`merging`) in one transaction, which also notes how far the import is
(`imports`): killed at any moment, it goes on where it was. What can't be used goes to `FILE.rejected.csv` (`rejected`).
"""

from backend.feeds.importing import run_import, was_imported
from backend.feeds.imports import Counts, Progress
from backend.feeds.persons import KINDS

__all__ = ["KINDS", "Counts", "Progress", "run_import", "was_imported"]
