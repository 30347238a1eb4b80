.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test lint check docs golden bench clean

help:  ## List what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/tools: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test --group check
	@touch $@

demo: .venv/installed  ## Install into .venv, build the sample garden, ask it, show a little Turtle
	@$(BIN)/kg build seeds --quiet || test $$? -eq 1
	@$(BIN)/kg analyze --store seeds/.kg --top 3
	@echo; echo 'kg query works-shared: what several articles name'; $(BIN)/kg query works-shared -p limit=8 --format table --store seeds/.kg
	@echo 'kg export turtle, the first lines'; $(BIN)/kg export turtle --store seeds/.kg | head -n 24

test: .venv/tools  ## Run the tests
	$(BIN)/python -m pytest -n auto

lint: .venv/tools  ## ruff, mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test  ## ruff, mypy, tests, and that the docs are up to date

docs: .venv/tools  ## Write the generated pages anew
	$(BIN)/python tools/cli_docs.py
	$(BIN)/python tools/ontology_docs.py
	$(BIN)/python tools/jsonld_context.py
	$(BIN)/python tools/query_docs.py

golden: .venv/tools  ## Write the golden files of the tests anew; read the diff
	KG_GOLDEN=write $(BIN)/python -m pytest tests/queries tests/golden

bench: .venv/tools  ## Measure speed and memory beside a floor and two peers
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python -m tools.bench

clean:  ## Delete the virtual environment and all caches
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis seeds/.kg
