# The front door. `make` prints the commands; each of them sets up what it needs first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := libs/contract libs/runtime services/collector services/classifier services/router services/search \
	deploy/embedded deploy/newsroom
MANIFESTS := $(addsuffix /pyproject.toml,$(PACKAGES))
SHARED ?= ../shared/data
CANDIDATE ?= .pantau/models/candidate
PROCESSES ?= 2
DEV := -r requirements-dev.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup run up down status wipe doctor engines test test-unit browser lint types format isolated \
	train training method test-training promote docs screenshots lock reindex deadletters dev clean

help:
	@awk 'BEGIN {FS = ":.*## "} /^## / {printf "\n%s\n", substr($$0, 4)} \
	  /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo

## Every day
setup: $(VENV)/.installed ## install everything into .venv, and nothing elsewhere

run: setup ## start all on the embedded stack with the sample newsroom; Ctrl-C ends all of it
	@$(BIN)/python -m embedded run $(ARGS)

test: engines ## run every test (the browser tests need Chromium, the quality tests ../shared); PROCESSES=0: in one process
	@$(BIN)/pytest --numprocesses $(PROCESSES) $(ARGS)

test-unit: dev ## run the tests that need no engine
	@$(BIN)/pytest tests/unit tests/contract tests/architecture $(ARGS)

## Run
engines: dev
	@$(BIN)/python -m embedded install

up: setup ## start Kafka and Elasticsearch alone
	@$(BIN)/python -m embedded up $(ARGS)

down: setup ## stop them; the data stays
	@$(BIN)/python -m embedded down $(ARGS)

status: setup ## say what runs, where, and how it is
	@$(BIN)/python -m embedded status $(ARGS)

doctor: setup ## say what is missing on this machine and how to mend it
	@$(BIN)/python -m embedded doctor $(ARGS)

wipe: setup ## stop the engines and delete their data (asks first)
	@$(BIN)/python -m embedded wipe $(ARGS)

deadletters: setup ## list what could not be handled, grouped by error
	@$(BIN)/python -m runtime deadletter list $(ARGS)

## Data
train: dev training ## train candidate models from ../shared (about an hour), bit for bit, and print what they would change per agency
	@$(BIN)/python -m classifier train --data $(SHARED) --out $(CANDIDATE) --compare $(SHARED)/news/articles.jsonl $(ARGS)

method: dev training ## try the training method on SmSA, where others published figures
	@$(BIN)/python -m classifier method --data $(SHARED)

test-training: dev training ## run the tests that need the training libraries
	@$(BIN)/pytest tests/training $(ARGS)

training: dev
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable 'services/classifier[train]'

promote: dev ## make the candidate live: make promote BY="your name" (back again: python -m classifier promote --back)
	@$(BIN)/python -m classifier promote $(CANDIDATE) --by "$(BY)" $(ARGS)

docs: dev ## write JSON Schemas, docs/topics.md and docs/configuration.md from the code
	@$(BIN)/python -m contract schemas --write
	@$(BIN)/python -m contract topics --write
	@$(BIN)/python docs/write_configuration.py --write

screenshots: dev ## take the pictures of docs/panduan-humas.md anew (needs Chromium)
	@PANTAU_WRITE_SCREENSHOTS=1 $(BIN)/pytest tests/browser/test_guide_pictures.py $(ARGS)

reindex: setup ## build new article indices beside the old ones and swap the alias
	@$(BIN)/python -m search reindex $(ARGS)

## Gates
lint: dev ## ruff, import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: dev ## mypy, strict
	@$(BIN)/mypy

isolated: ## import each package in an environment of its own dependencies alone
	@$(PYTHON) tests/isolated.py $(PACKAGES)

browser: dev ## only the tests in a real Chromium
	@$(BIN)/pytest tests/browser $(ARGS)

format: dev ## let ruff write the code's form
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock: dev ## write constraints.txt from what is installed
	@$(BIN)/python -m pip freeze --exclude-editable --exclude pip --exclude wheel > constraints.txt

clean: ## remove .venv and caches (the engines' data is removed by `make wipe`)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Pantau needs Python 3.11 or newer: make setup PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv module is missing (Debian and Ubuntu: apt install python3-venv)"; exit 1; }

$(VENV)/.installed: $(VENV)/bin/python constraints.txt $(MANIFESTS)
	@echo "Installing Pantau into $(VENV) (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt $(addprefix --editable ,$(PACKAGES))
	@touch $@

dev: $(VENV)/.dev

$(VENV)/.dev: $(VENV)/.installed requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt $(DEV)
	@touch $@
