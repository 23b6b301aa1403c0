"""A telephone exchange on this machine that speaks Twilio's dialect over HTTP.

It dials the webhooks of an application, walks the TwiML they answer, offers the REST calls that
the application makes, and has a phone in the terminal and one in the browser. It knows nothing of the application: what
it does is what Twilio's pages say, written down in `tests/exchange/documented/`.
"""
