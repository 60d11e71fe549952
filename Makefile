# Everything a fresh machine needs is Python 3.11 or newer, make and a package index.

# The first of these that is new enough; a name alone proves nothing.
PYTHONS := python3 python3.13 python3.12 python3.11
PY ?= $(or $(shell for each in $(PYTHONS); do $$each -c $(NEW) 2>/dev/null && echo $$each && break; done),python3)
NEW := 'import sys; sys.exit(sys.version_info < (3, 11))'
BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= auto

export FULL BREAK

.DEFAULT_GOAL := help
.PHONY: help setup demo test check cover figures audit sbom dist bench fmt clean
.SILENT:

help:  ## list these targets
	echo "make TARGET   (another Python: make PY=python3.12 TARGET)"
	sed -n 's/^\([a-z]*\):[^#]*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: $(READY)  ## make .venv and install everything into it; free when nothing changed

demo: setup  ## play an award season of 2018 from proposal to decision
	$(BIN)/python -m thidua demo

test: check  ## check, then run all tests and the examples of the documentation
	echo "tests"
	$(BIN)/python -m pytest -q -rs -n $(WORKERS) --maxprocesses 4 --dist loadfile

check: setup  ## lint, format, types and import arrows
	echo "lint"    && $(BIN)/ruff check --quiet .
	echo "format"  && $(BIN)/ruff format --check --quiet . || { echo "make fmt mends this" >&2; exit 1; }
	echo "types"   && $(BIN)/mypy --no-error-summary
	echo "arrows"  && $(BIN)/lint-imports --no-logo >.venv/arrows.txt || { cat .venv/arrows.txt; exit 1; }

cover: setup  ## branch coverage of workflow/, at least 95 %
	$(BIN)/python -m pytest -q -rs -n $(WORKERS) --maxprocesses 4 --dist loadfile \
	  --cov --cov-report=term --cov-fail-under=95

figures: setup  ## figures of one topic: make figures TOPIC=core [FULL=1] [BREAK=1]
	test -n "$(TOPIC)" || { echo "which topic? make figures TOPIC=core" >&2; exit 2; }
	$(BIN)/python -m figures $(TOPIC)

audit: setup  ## known flaws of what is installed, and bandit over the product; STRICT=1 for a release
	$(BIN)/python -m supply audit $(if $(STRICT),--strict)
	$(BIN)/python -m supply scan

sbom: setup  ## the bill of materials, CycloneDX, into dist/
	$(BIN)/python -m supply sbom dist

dist: setup  ## the wheel of the last commit and its bill of materials, into dist/
	$(BIN)/python -m supply wheel dist
	$(BIN)/python -m supply sbom dist

bench: setup  ## lives per second beside the raw drivers
	$(BIN)/python -m bench

fmt: setup  ## format and mend what can be mended
	$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

clean:  ## remove what these targets made
	rm -rf .venv .demo build dist *.egg-info .coverage .hypothesis .pytest_cache .mypy_cache \
	  .ruff_cache .import_linter_cache

$(READY): pyproject.toml constraints.txt
	$(PY) -c $(NEW) || { \
	  echo "Python 3.11 or newer is needed; name one: make PY=python3.12 ..." >&2; exit 1; }
	echo "[1/2] making .venv with $$($(PY) --version)"
	test -x $(BIN)/python || $(PY) -m venv .venv || { rm -rf .venv; \
	  echo "Python has no venv module here; on Debian install python3-venv" >&2; exit 1; }
	echo "[2/2] installing $$(grep -c == constraints.txt) packages, once: half a minute or so"
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@
