"""What `deploy/` tells systemd, nginx and Prometheus is what the programs have."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from flask import Flask

from backend.outbox.table import State as OfPromise
from backend.settings import Settings
from callcenter.agents import State as OfAdvisor
from callcenter.console import stream
from ivr.inputs import Sign
from svi.cli import COMMANDS

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
NGINX = (DEPLOY / "nginx/svi.conf").read_text("utf-8")
LOCATIONS = re.findall(r"^    location (= |~ |)(\S+) \{(.*?)^    \}", NGINX, re.MULTILINE | re.DOTALL)
ALERTS = yaml.safe_load((DEPLOY / "prometheus/alerts.yaml").read_text("utf-8"))["groups"][0]["rules"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_each_unit_runs_a_command_of_ours_and_starts_with_the_others(unit: Path) -> None:
    """One that is renamed in the program is renamed here."""
    (command,) = re.findall(r"^ExecStart=/opt/svi/\.venv/bin/svi (\S+)$", unit.read_text("utf-8"), re.MULTILINE)
    assert command in COMMANDS
    target = (DEPLOY / "systemd/svi.target").read_text("utf-8")
    assert unit.stem in target


def test_the_settings_to_fill_in_exist() -> None:
    """Each is one of the program's."""
    names = re.findall(r"^([A-Z_]+)=", (DEPLOY / "settings.example").read_text("utf-8"), re.MULTILINE)
    assert {name.lower() for name in names} <= set(Settings.model_fields)


def _leads(address: str) -> str | None:
    """Return what nginx does with an address: exact ones first, then patterns, then the longest beginning."""
    exact = [body for kind, where, body in LOCATIONS if kind == "= " and where == address]
    patterns = [body for kind, where, body in LOCATIONS if kind == "~ " and re.match(where, address)]
    longest = sorted((where, body) for kind, where, body in LOCATIONS if not kind and address.startswith(where))
    body = [*exact, *patterns, *(body for _, body in longest[::-1])][0]
    found = re.search(r"proxy_pass +http://(\w+)", body)
    return found[1] if found else None


def test_nginx_leads_each_address_to_its_server(app: Flask) -> None:
    """Pages, webhooks and API to web, the event stream to its own; anything else nowhere."""
    ours = {re.sub(r"<.*", "", rule.rule) for rule in app.url_map.iter_rules()} | {"/api/v1/people/"}
    assert {address: _leads(address) for address in ours} == dict.fromkeys(ours, "svi_web")
    assert _leads(stream.PATH) == "svi_events"
    assert _leads("/phone/calls") is None
    ports = re.findall(r"server 127\.0\.0\.1:(\d+);", NGINX)
    fields = Settings.model_fields
    assert ports == [str(fields["svi_port"].default), str(fields["svi_events_port"].default)]


def test_only_the_carriers_addresses_are_for_everybody() -> None:
    """Console, API and figures are for the fund's networks."""
    public = [where for _, where, body in LOCATIONS if "allow " in body]
    assert public == ["^/(voice|sms|audio)/"]
    assert re.search(r"^    deny  all;", NGINX, re.MULTILINE)


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_alerts_are_of_figures_that_there_are(app: Flask, alert: dict[str, str]) -> None:
    """Names, and the states that they are about, are those of `/metrics`."""
    there = set(re.findall(r"^# TYPE (svi_\w+)", app.test_client().get("/metrics").text, re.MULTILINE))
    assert set(re.findall(r"\bsvi_\w+", alert["expr"])) <= there
    states = {*get_args(OfPromise), *get_args(OfAdvisor), Sign.FAILURE.value}
    named = re.findall(r'(?:state|outcome)=~?"([^"]+)"', alert["expr"])
    assert {state for each in named for state in each.split("|")} <= states
