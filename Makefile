# Every target sets the machine up first; a fresh .venv costs half a minute once.
.DEFAULT_GOAL := help
PYTHON ?= python3
# Tests start the bot many times over: what was compiled once is kept, whatever the machine says.
export PYTHONDONTWRITEBYTECODE =
# Several processes share the processors; what is reckoned in one of them is small.
export OPENBLAS_NUM_THREADS = 1
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CODE := app.py bot storage cli sandbox demo migrations tests benchmarks evaluation

.PHONY: help setup demo demo-headless gallery test test-postgres check lint types contracts lock torture foreign alone bench evaluate learn clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(STAMP): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $(STAMP)

setup: $(STAMP) ## make .venv from the locked requirements

demo: setup ## the main job on a local Slack, until Ctrl-C
	$(BIN)/python app.py demo

demo-headless: setup ## the same, ends by itself
	$(BIN)/python app.py demo --once

gallery: setup ## every card, message and form in each state, on one page
	$(BIN)/python -m demo.gallery

test: setup ## the whole suite, on SQLite and on Postgres
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

alone: setup ## those that failed the last time, each alone and with nothing beside it
	$(BIN)/python -m pytest -q --last-failed --last-failed-no-failures none -n 0

test-postgres: setup ## what only asks at the door, on Postgres too
	EVERY_DATABASE=1 $(BIN)/python -m pytest -q -n 2 tests/listeners tests/jobs -k postgres

lint: setup
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

check: lint types contracts test ## everything that CI runs

torture: setup ## every fault at every call, with real processes, and a thousand histories (long)
	HISTORIES=1000 $(BIN)/python -m pytest -q tests/listeners/test_histories.py
	EVERY_FAULT=1 $(BIN)/python -m pytest -q tests/faults/test_review_post.py tests/faults/test_results_post.py
	$(BIN)/python -m tests.torture

foreign: setup ## apps in Python and JavaScript on the local Slack (needs node and npm)
	$(BIN)/python -m tests.foreign

bench: setup ## speed as ratios to a floor measured in the same run
	$(BIN)/python -m benchmarks

evaluate: setup ## precision and recall of the harvest on labelled channels
	$(BIN)/python -m evaluation

learn: setup ## make the harvest's table of weights anew from labelled channels
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-learn.txt
	$(BIN)/python -m evaluation.network
	$(BIN)/python -m evaluation.wide
	$(BIN)/python -m evaluation.learn
	$(BIN)/python -m evaluation.same_work

lock: setup ## compile requirements*.txt anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv==0.13.*
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra holidays pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev --extra holidays -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra learn -c requirements-dev.txt pyproject.toml -o requirements-learn.txt

clean: ## remove what was made here
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis
