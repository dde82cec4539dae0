# Everything runs in .venv, made from pyproject.toml and constraints.txt. Needs Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# The tests start flytui hundreds of times: each module is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo run test test-thorough check bench bench-check faults fuzz soak docs screenshots clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "flytui needs Python 3.11 or newer; name one with make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable '.[demo]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) --editable '.[demo,dev]'
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo ## open flytui on a simulated Fly.io organisation (ARGS="--scenario worker")
	@$(BIN)/flytui demo $(ARGS)

run: $(VENV)/.demo ## open flytui on your app (ARGS="-a my-app")
	@$(BIN)/flytui $(ARGS)

test: $(VENV)/.dev ## run the tests (ARGS="-k exposure")
	@$(BIN)/python -m pytest -n auto -m "not thorough" $(ARGS)

test-thorough: $(VENV)/.dev ## run what `make test` leaves out: the rest of each sweep, more journeys
	@$(BIN)/python -m pytest -n auto -m thorough $(ARGS)

check: $(VENV)/.dev ## ruff, format, mypy strict, import directions, known vulnerabilities
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.audit

bench: $(VENV)/.dev ## measure flytui beside a bare Textual app; writes build/bench.json
	@$(BIN)/python -m tests.bench

bench-check: $(VENV)/.dev ## the same, and fail where a figure is over tests/bench/budgets.toml
	@$(BIN)/python -m tests.bench --check

faults: $(VENV)/.dev ## every fault on every route, over real sockets (ARGS="--only 503")
	@$(BIN)/python -m tests.faults $(ARGS)

fuzz: $(VENV)/.dev ## values and texts of every shape, for long (ARGS="--examples 10000")
	@$(BIN)/python -m tests.fuzz $(ARGS)

soak: $(VENV)/.dev ## keys, faults and remedies in a real terminal for long (ARGS="--minutes 60"); Linux
	@$(BIN)/python -m tests.soak $(ARGS)

docs: $(VENV)/.dev ## write docs/checklist.md and flytui/remedies.toml again
	@$(BIN)/python -m tests.docs

screenshots: $(VENV)/.dev ## make the README's pictures again
	@$(BIN)/python -m tests.stories.screenshots

clean: ## remove .venv and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist *.egg-info
