"""The advisors' console: one page at work, beside those of signing in and of one's account; in French and Arabic.

Pages are rendered here, and every action is a form that is posted, so that all of it works without script. With script
(`static/console.js`) the page is live: it is told that something changed (`stream`), fetches what is before its advisor
(`/console/desk`), and holds their telephone (`static/leg.js`). Its parts are modules: `zones` replaces what changed and
keeps what was typed, `network` outlives what ends, `bell` rings, `microphone` tries it, `*-driver` are the telephones.

| module | what is in it |
|---|---|
| `pages` | the blueprint: signing in and out, the page at work, its fragments, errors |
| `guard` | sessions and cookies, roles, where a request may come from, headers |
| `entrance`, `kept` | coming in by the house's identity provider; a form that outlives its session |
| `account` | one's password, second factor, sessions |
| `menu` | the pages of each role, as the header shows them |
| `view`, `deeds` | what is before an advisor, and what they do: one POST each, to functions that the terminal calls |
| `talk` | to whom a call may go, the callbacks of the day |
| `records`, `records_shown` | the person: opening a record, and how a page shows it |
| `acts`, `cases` | what an advisor does for the caller (`callcenter.acting`), the cases that wait |
| `knowledge` | the articles; the script beside a call is of `view` |
| `supervision` | the floor, alarms, an advisor as supervisors see them; `supervision_trends`, `supervision_reports` |
| `administration` | what an administrator sets, what an auditor reads |
| `answering`, `showing`, `spreadsheet` | of all pages: notices after a form; figures and instants as written; CSV |
| `stream` | the event stream, served by a process of its own (`svi events`) |
"""

from callcenter.console.administration.system import Checkup, Found
from callcenter.console.guard import Phone
from callcenter.console.pages import blueprint, register

__all__ = ["Checkup", "Found", "Phone", "blueprint", "register"]
