# Reintegra's commands. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The oldest Python that will do is 3.11; name another one with `make setup PYTHON=python3.13`.
PYTHON ?= python3
BIN := .venv/bin
# Runs a command with the libraries and the Chromium that `make setup` found or unpacked.
WITH := $(BIN)/python -m reintegration.ops.system
PORT ?= 8000
ARGS ?=

# Strict types where a mistake costs most: the core, the launchers, every rule and every write.
TYPED_FOLDERS := reintegration/core reintegration/ops participants/rules participants/services \
	ipzs/rules ipzs/catalogue ipzs/services ipzs/transitions \
	benefits/bank benefits/explain benefits/zus benefits/rules benefits/services benefits/transitions.py \
	reporting/rules reporting/services
TYPED := $(TYPED_FOLDERS) $(filter-out $(addsuffix /%,$(TYPED_FOLDERS)), \
	$(wildcard reintegration/*/rules.py reintegration/*/services.py) \
	participants/transitions.py)

.PHONY: help setup setup-tests setup-quietly run stop manage lint format types contracts check test audit guide bench lock

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## build .venv and fetch the system's libraries
	@$(PYTHON) -m reintegration.ops.setup

setup-tests: ## the same, and a Chromium for the browser tests
	@$(PYTHON) -m reintegration.ops.setup --for-tests

setup-quietly:
	@$(PYTHON) -m reintegration.ops.setup --quiet

run: setup-quietly ## start everything on this machine, with demo data, until Ctrl-C
	@PORT=$(PORT) exec $(BIN)/python -m reintegration.ops.run

stop: ## stop a `make run` of this checkout from another terminal
	@$(BIN)/python -m reintegration.ops.run stop

manage: setup-quietly ## run manage.py with this checkout's servers: make manage ARGS="demo_code jan@example.pl"
	@$(BIN)/python -m reintegration.ops.manage $(ARGS)

lint: ## style of Python and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files --cached --others --exclude-standard '*.html')
	$(BIN)/djlint --lint --quiet --profile django templates

format: ## put Python and templates into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files --cached --others --exclude-standard '*.html')

types: ## static types
	$(BIN)/mypy --follow-imports=silent $(TYPED)

contracts: ## which part may import which
	$(BIN)/lint-imports

check: setup-quietly lint types contracts ## the fast lane: all that needs no browser, no database of its own and no real processes
	$(WITH) $(BIN)/python -m pytest -n 2 -q -p tests.fast -m "not browser and not process and not audit"

test: setup-tests lint types contracts ## everything that must hold before a change lands
	$(WITH) $(BIN)/python -m pytest -n 2 -m "not audit"

audit: setup-tests ## what is too long for every run
	$(WITH) $(BIN)/python -m pytest -n 2 -m audit

guide: setup-tests ## take the pictures of the guide anew, by walking its journeys
	REINTEGRA_GUIDE=yes $(WITH) $(BIN)/python -m pytest -k desktop-script tests/browser/journeys

bench: setup ## speed, as ratios measured side by side
	$(WITH) $(BIN)/python -m tests.bench $(ARGS)

lock: ## write requirements*.txt anew from pyproject.toml
	@$(BIN)/python -m reintegration.ops.lock
