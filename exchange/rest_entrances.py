"""Twilio's resources of the ways in: IncomingPhoneNumbers and Applications, and ByocTrunks of its Voice API.

A trunk's URLs have names of their own, and its resource is under `/v1`: https://www.twilio.com/docs/voice/api
"""

from typing import Any

from aiohttp import web

from exchange.entrances import Entrance
from exchange.parameters import API_VERSION
from exchange.rest import ROOT, USUAL_PER_PAGE, Form, RestError, changing, guarded, not_found, page, url_in
from exchange.switchboard import Switchboard

LONGEST_NAME = 64
OF_CALLS = {"voice_url": "VoiceUrl", "fallback_url": "VoiceFallbackUrl", "status_url": "StatusCallback"}
OF_TRUNK = OF_CALLS | {"status_url": "StatusCallbackUrl"}
INVALID_URL = 21402  # https://www.twilio.com/docs/api/errors/21402


def routes(switchboard: Switchboard) -> list[web.RouteDef]:
    """Offer the three."""
    return EntranceHandlers(switchboard).routes()


class EntranceHandlers:
    """The handlers."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard
        self._entrances = switchboard.entrances

    def routes(self) -> list[web.RouteDef]:
        """List what may be asked."""
        numbers, apps = ROOT + "/{account}/IncomingPhoneNumbers", ROOT + "/{account}/Applications"
        board, account = self._switchboard, self._switchboard.account
        return [
            web.get(numbers + ".json", guarded(account, self.list_numbers)),
            web.get(numbers + "/{sid}.json", guarded(account, self.read)),
            web.post(numbers + "/{sid}.json", changing(board, self.update)),
            web.get(apps + ".json", guarded(account, self.list_apps)),
            web.post(apps + ".json", changing(board, self.create_app)),
            web.get(apps + "/{sid}.json", guarded(account, self.read)),
            web.post(apps + "/{sid}.json", changing(board, self.update)),
            web.get("/v1/ByocTrunks", guarded(account, self.list_trunks)),
            web.get("/v1/ByocTrunks/{sid}", guarded(account, self.read)),
            web.post("/v1/ByocTrunks/{sid}", changing(board, self.update)),
        ]

    async def list_numbers(self, request: web.Request) -> web.Response:
        """List the numbers in E.164, all or one."""
        wanted = request.query.get("PhoneNumber")
        found = [each for each in self._entrances.numbers if wanted in {None, each.name}]
        return page(request, "incoming_phone_numbers", [self._written(each) for each in found])

    async def list_apps(self, request: web.Request) -> web.Response:
        """List the apps, all or those of a name."""
        wanted = request.query.get("FriendlyName")
        found = [each for each in self._entrances.apps if wanted in {None, each.name}]
        return page(request, "applications", [self._written(each) for each in found])

    async def list_trunks(self, request: web.Request) -> web.Response:
        """List the trunks, in the form of Twilio's newer APIs."""
        meta = {"key": "byoc_trunks", "page": 0, "page_size": USUAL_PER_PAGE, "url": str(request.url)}
        meta |= {"first_page_url": str(request.url), "next_page_url": None, "previous_page_url": None}
        return web.json_response({"byoc_trunks": [self._written(self._entrances.trunk)], "meta": meta})

    async def read(self, request: web.Request) -> web.Response:
        """Show one."""
        return web.json_response(self._written(self._named(request)))

    def create_app(self, _request: web.Request, form: Form) -> web.Response:
        """Make an app."""
        app = self._entrances.add_app(form.get("FriendlyName", "")[:LONGEST_NAME])
        _change(app, form)
        return web.json_response(self._written(app), status=201)

    def update(self, request: web.Request, form: Form) -> web.Response:
        """Have calls that come in this way ask other URLs."""
        entrance = self._named(request)
        _change(entrance, form)
        return web.json_response(self._written(entrance))

    def _named(self, request: web.Request) -> Entrance:
        known = [*self._entrances.numbers, *self._entrances.apps, self._entrances.trunk]
        found = next((each for each in known if each.sid == request.match_info["sid"]), None)
        if found is None:
            raise not_found(request)
        return found

    def _written(self, entrance: Entrance) -> dict[str, Any]:
        account = self._switchboard.account.sid
        shared = {
            "sid": entrance.sid,
            "account_sid": account,
            "friendly_name": entrance.name,
            "voice_url": entrance.voice_url,
            "voice_method": "POST",
            "voice_fallback_url": entrance.fallback_url,
            "voice_fallback_method": "POST",
        }
        if entrance is self._entrances.trunk:
            return shared | {"status_callback_url": entrance.status_url, "status_callback_method": "POST"}
        kind = "IncomingPhoneNumbers" if entrance in self._entrances.numbers else "Applications"
        number = {"phone_number": entrance.name} if entrance in self._entrances.numbers else {}
        return (
            shared
            | number
            | {
                "api_version": API_VERSION,
                "status_callback": entrance.status_url,
                "status_callback_method": "POST",
                "uri": f"{ROOT}/{account}/{kind}/{entrance.sid}.json",
            }
        )


def _change(entrance: Entrance, form: Form) -> None:
    names = OF_TRUNK if entrance.sid.startswith("BY") else OF_CALLS
    if any(form.get(name, "POST") != "POST" for name in ("VoiceMethod", "VoiceFallbackMethod")):
        raise RestError(400, 20001, "this exchange asks by POST alone")
    given = {field: url_in(form, name, INVALID_URL) for field, name in names.items() if name in form}
    for field, url in given.items():
        setattr(entrance, field, url)
    if not entrance.sid.startswith("PN"):
        entrance.name = form.get("FriendlyName", entrance.name)[:LONGEST_NAME]
