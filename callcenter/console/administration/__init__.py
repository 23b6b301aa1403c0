"""What an administrator sets, and what an auditor reads.

| module | what is in it |
|---|---|
| `lists` | lists that are imported, and campaigns: given in, looked at, confirmed, followed, cancelled |
| `hours` | the week's hours from a day on, holidays, what holds of a day |
| `accounts` | accounts: opened, changed, closed; passwords, second factors, sessions |
| `messages` | each SMS: its words, its figures of the day, its switch |
| `system` | what `svi doctor` says; tokens of the API |
| `log` | the auditor's: the audit log, filtered, paged, exported |
"""

from flask import Blueprint

from callcenter.console.administration import accounts, hours, lists, log, messages, system


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    for each in (lists, hours, accounts, messages, system, log):
        each.register(blueprint)
