# make run   build the graph of data/, write the reports, start the explorer (HEADLESS=1: check it and stop)
# make test  lint, types and all tests
# make bench the measurements in benchmarks/
# Everything is set up in .venv; nothing else needs to be installed by hand.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
CORE := $(VENV)/.core
TEST := $(VENV)/.test
BENCH := $(VENV)/.bench
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.PHONY: run test lint bench clean

run: $(CORE)
	$(BIN)/kg build data --out build
	$(BIN)/kg validate --graph build
	$(BIN)/kg report --graph build --out build/report.html
	$(BIN)/kg compare --graph build --summary
	$(BIN)/kg explore --graph build $(if $(HEADLESS),--check)

test: $(TEST) lint
	$(BIN)/pytest -n 2 --dist loadfile -q

lint: $(TEST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(BENCH)
	$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(CORE): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install -q -c constraints.txt -e .
	touch $@

$(TEST): pyproject.toml constraints.txt tests/browser/install-chromium.sh tests/server/install-comunica.sh | $(CORE)
	$(BIN)/pip install -q -c constraints.txt -e '.[test,match,transformers,ocr]'
	sh tests/browser/install-chromium.sh
	sh tests/server/install-comunica.sh $(VENV)/comunica
	touch $@

$(BENCH): pyproject.toml constraints.txt | $(TEST)
	$(BIN)/pip install -q -c constraints.txt -e '.[bench]'
	touch $@

clean:
	rm -rf $(VENV) build
