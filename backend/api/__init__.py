"""The REST API for other systems: `/api/v1`, an application of its own beside the one for webhooks and pages.

`application` wires it. A request crosses `guard` (token and scope), then one view: `insured`, `batches` or
`happenings`; `answers` are the shapes of what goes out, `problems` those of what went wrong. `tokens` and `requests`
are its two tables.
"""

PREFIX = "/api/v1"
