"""The advisor's terminal: offers as they come, the talk, the wrap-up; a supervisor's view; by one key and Enter.

`svi advisor` runs it beside the running system. What is before an advisor is read from the system every half-second
(`callcenter.desk`), and the differences are told: nothing that the terminal knows can be lost with it.
"""
