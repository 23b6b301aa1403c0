.DEFAULT_GOAL := help
.PHONY: help run call test test-long test-all lint format bench docs pictures lock clean
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/uv: requirements.txt
	$(PYTHON) -m venv .venv
	@awk '/^uv==/ {on=1} /^[a-z]/ && !/^uv==/ {on=0} on' requirements.txt > .venv/uv.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@touch $@

.venv/run: $(BIN)/uv requirements.txt pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run .venv/pages requirements-dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

LIB := callcenter/console/static/lib
# npm, or the one of a wheel where the machine has none. What it brings is for the drawn trends and for Twilio's telephone
# in the browser: without it all else works, so that a registry that is away stops nobody.
.venv/pages: package.json package-lock.json requirements-node.txt $(BIN)/uv
	@command -v npm >/dev/null || $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-node.txt
	@if PATH="$$PATH:$(abspath $(BIN))" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then \
	  mkdir -p $(LIB) && cp node_modules/uplot/dist/uPlot.esm.js node_modules/uplot/dist/uPlot.min.css \
	    node_modules/@twilio/voice-sdk/dist/twilio.min.js $(LIB)/ && touch $@; \
	else echo "npm ci failed: the console goes without drawn trends, and without Twilio's telephone in the browser"; fi

run: .venv/run .venv/pages ## Start everything; prints `ready` when a call would be answered; Ctrl-C ends it
	@SVI_DEMO=$${SVI_DEMO-1} $(BIN)/svi up

call: .venv/run ## A phone in the terminal: calls the running system, or one it starts
	@SVI_DEMO=$${SVI_DEMO-1} $(BIN)/svi call

test: .venv/dev ## The test suite, against real servers
	$(BIN)/pytest -n 2 -m "not long"

test-all: test test-long ## The long tests too

test-long: .venv/dev ## Only the long ones: kill -9, many examples, the browser
	$(BIN)/pytest -n 2 -m long --ignore=tests/browser --ignore=tests/kills
	$(BIN)/pytest -n 2 tests/browser
	$(BIN)/pytest tests/kills

lint: .venv/dev ## Format, lint, types, import contracts, prompts, flows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/svi prompts check
	$(BIN)/svi flow check

docs: .venv/run ## Draw the flows anew (docs/flows/), with their transcripts (tests/flows/golden/)
	$(BIN)/svi flow write

pictures: .venv/dev ## Take the pictures of the console anew: each state, in both languages and themes (docs/pictures/)
	rm -f docs/pictures/*.png
	SVI_REQUIRE_BROWSER=1 SVI_PICTURES=$(abspath docs/pictures) $(BIN)/pytest -p no:randomly \
	  tests/browser/test_states_alone.py tests/browser/test_states_in_calls.py tests/browser/test_supervision.py \
	  tests/browser/test_administration.py
	$(BIN)/python -m tests.browser.gallery docs/pictures

format: .venv/dev ## Put the code in its format, mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(BIN)/uv ## Pin what requirements*.in ask for, with hashes and no index address
	for name in requirements requirements-dev requirements-node; do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --custom-compile-command "make lock" $$name.in -o $$name.txt; done

bench: .venv/dev ## Figures: calls against the bare view, imports, voice, SMS, the queue, open pages, reports, three million people (about half an hour)
	$(BIN)/python -m bench.calls
	$(BIN)/python -m bench.people 200000
	$(BIN)/python -m bench.ledger 200000
	$(BIN)/python -m bench.hearing
	$(BIN)/python -m bench.sms
	$(BIN)/python -m bench.queue
	$(BIN)/python -m bench.streams
	$(BIN)/python -m bench.reports
	$(BIN)/python -m bench.scale 10000 3300000
