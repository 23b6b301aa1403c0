"""What the API says of itself: an OpenAPI 3.1 document that holds, and a page of our own."""

import html
import json
import re
from html.parser import HTMLParser
from typing import Any

import openapi_spec_validator
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIResponse
from openapi_core.testing import MockRequest
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import TestResponse

from backend import feeds
from backend.api import problems, tokens
from tests.api.conftest import Machine, MachineWith, add_token
from tests.feeds.lists import A_SELF_EMPLOYED

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    """Return what is at `/api/v1/openapi.json`: no token is asked for."""
    found: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").get_json()
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return path, method and description of each operation."""
    return [(path, method, each) for path, item in document["paths"].items() for method, each in item.items()]


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    """It validates, and every path is under `/api/v1`."""
    openapi_spec_validator.validate(document)
    assert document["openapi"].startswith("3.1")
    assert {path for path, _, _ in operations(document)} == {
        "/api/v1/people/{registration_number}",
        "/api/v1/people/{registration_number}/claims",
        "/api/v1/people/{registration_number}/rights",
        "/api/v1/feeds/{kind}",
        "/api/v1/events",
    }


def test_every_operation_names_its_scope_and_its_problems(document: dict[str, Any]) -> None:
    """One scope that exists; 401, 403, 429, 500 and 503 as problem details."""
    for path, _, operation in operations(document):
        ((scope,),) = [security["token"] for security in operation["security"]]
        assert scope in tokens.SCOPES, path
        for status in ("401", "403", "429", "500", "503"):
            assert problems.MEDIA_TYPE in operation["responses"][status]["content"], (path, status)


def test_every_kind_of_problem_is_documented(document: dict[str, Any]) -> None:
    """By the operation that answers with it; those of any address or method, on the page."""
    told = " ".join(r["description"] for _, _, o in operations(document) for r in o["responses"].values())
    anywhere = {"not-found", "method-not-allowed"}
    assert problems.KINDS.keys() - anywhere <= set(re.findall(r"`([a-z-]+)`", told))


@pytest.mark.usefixtures("sample")
def test_what_is_answered_is_what_is_described(machine: MachineWith, document: dict[str, Any]) -> None:
    """Answers and problems of every operation conform to the document."""
    described = OpenAPI.from_dict(
        document, config=Config(extra_media_type_deserializers={problems.MEDIA_TYPE: json.loads})
    )
    holder = machine(*tokens.SCOPES)
    stranger = Machine(holder._app, "none")

    def conforms(answer: TestResponse, template: str, method: str = "get", **names: str) -> None:
        request = MockRequest("http://127.0.0.1:8039", method, template.format(**names), path_pattern=template)
        request.view_args = names
        described.validate_response(request, WerkzeugOpenAPIResponse(answer))

    for number in ("104228815", "131907758", "140055216", "126604471", "118350942", "999999999", "12"):
        for rest in ("", "/claims", "/rights"):
            template = "/api/v1/people/{registration_number}" + rest
            conforms(holder.get(f"/people/{number}{rest}"), template, registration_number=number)
    conforms(stranger.get("/people/104228815"), "/api/v1/people/{registration_number}", registration_number="104228815")
    conforms(holder.get("/events"), "/api/v1/events")
    conforms(holder.get("/events", after=-1), "/api/v1/events")
    for key, kind in (("1", "people"), ("2", "tns"), ("2", "people")):
        answer = holder.feed(kind, A_SELF_EMPLOYED, "nonsense", key=key)
        conforms(answer, "/api/v1/feeds/{kind}", "post", kind=kind)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag is, is called, and loads or leads to."""
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_the_page_loads_nothing_from_elsewhere(app: Flask) -> None:
    """No script, no style but ours, and a policy that says so; every link of it leads somewhere."""
    client = app.test_client()
    answer = client.get("/api/v1/docs")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = _Page()
    page.feed(answer.get_data(as_text=True))
    assert not {"script", "img", "iframe"} & set(page.tags)
    assert len(page.ids) == len(set(page.ids))
    for address in page.addresses:
        if address.startswith("#"):
            assert address[1:] in page.ids
        else:
            assert client.get(f"/api/v1/{address}" if "/" not in address else address, buffered=True).status_code == 200


def test_the_page_describes_everything(app: Flask, document: dict[str, Any]) -> None:
    """Operations, scopes, problems (where `type` points to) and the columns of each feed."""
    text = app.test_client().get("/api/v1/docs").get_data(as_text=True)
    page = _Page()
    page.feed(text)
    assert problems.KINDS.keys() <= set(page.ids)
    assert {f"shape-Record.{kind}" for kind in feeds.KINDS} <= set(page.ids)
    for path, method, operation in operations(document):
        assert f"{method.upper()} {path}" in text
        assert operation["summary"] in html.unescape(text)
    assert all(scope in text for scope in tokens.SCOPES)


OPERATIONS = (
    "GET /api/v1/people/{registration_number}",
    "GET /api/v1/people/{registration_number}/claims",
    "GET /api/v1/people/{registration_number}/rights",
    "POST /api/v1/feeds/{kind}",
    "GET /api/v1/events",
)


@pytest.mark.long
@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_sent_there_is_no_fault_of_ours(app: Flask, operation: str, mode: GenerationMode) -> None:
    """Requests that follow the document, and that don't: never 500, always of a described status, type and shape."""
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    found = {each.ok().label: each.ok() for each in described.get_all_operations() if isinstance(each, Ok)}
    assert set(found) == set(OPERATIONS)
    bearer = {"Authorization": f"Bearer {add_token('fuzzing', *tokens.SCOPES)}"}

    @settings(max_examples=150, suppress_health_check=list(HealthCheck), database=None)
    @given(case=found[operation].as_strategy(generation_mode=mode))
    def sent(case: Case[Any]) -> None:
        case.call_and_validate(headers=bearer, checks=CHECKS)

    sent()
