PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
DEMO := demo

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow lint fix bench docs screenshots up clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Longtake needs Python 3.11 or newer, this is " + sys.version.split()[0])'
ifdef UV
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV)
endif

$(VENV)/.app: pyproject.toml | $(BIN)/python
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python -e .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
endif
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python -e '.[dev]'
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
endif
	@touch $@ $(VENV)/.app

$(VENV)/.bench: pyproject.toml | $(VENV)/.dev
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python -e '.[dev,bench]'
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,bench]'
endif
	@touch $@

demo: $(VENV)/.app ## the sample campaigns through the whole job; prints where the pages lie
	$(BIN)/longtake demo --out $(DEMO)

test: $(VENV)/.dev ## the default suite, under five minutes on two cores
	$(BIN)/python -m pytest -n 2 --dist loadfile -q

test-slow: $(VENV)/.dev ## long fuzzing, kill tests and coverage studies
	$(BIN)/python -m pytest -n 2 --dist loadfile -q -m slow

lint: $(VENV)/.dev ## style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/.dev ## mend what the linters can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.bench ## every benchmark beside its peers, in one run
	$(BIN)/longtake bench all

docs: $(VENV)/.dev ## write the pages that are made from the code
	$(BIN)/python -m docs.build

screenshots: $(VENV)/.dev ## take the pictures of the tutorials anew, in /usr/bin/chromium
	$(BIN)/python -m docs.screenshots

up: $(VENV)/.app ## serve the web application on this machine only
	$(BIN)/longtake up

clean: ## remove what make made
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache
