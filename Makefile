# make demo: run the spider on the bundled portal.   make test: run every test.   make soak: kill crawls for minutes.
# make reading PYTHON=python3.13: run the tests of what reads pages with another interpreter.   make lint, docs, clean.
# Each sets up its own .venv first, again only when pyproject.toml has changed.

SHELL := /bin/sh
BIN := .venv/bin
PORTAL := fixtures/portal

# The interpreters are run, not only looked for: a shim may stand for one that is not there.
FIND_PYTHON = for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exit_with=$$python && break; done; \
	test -n "$$exit_with" || { echo "fjsen-spider needs Python 3.11 or later: none of python3, python3.11 … python3.14 is one" >&2; exit 1; }

PYTHON := python3
READING := $(addprefix tests/test_,$(addsuffix .py,\
	captions cut datelines encoding explain fixtures generic goldens listing other_bylines patterns people_grammar personal portals real roles sites slots spans tail urls whole))

.PHONY: demo test soak reading lint docs docs-check clean

demo: .venv/.ready
	@mkdir -p output && data=$$(mktemp -d output/demo-XXXXXX) && \
	$(BIN)/python -m scrapy crawl fjsen -s FJSEN_REPLAY=$(PORTAL) -s FJSEN_DATA="$$data" -s LOG_LEVEL=WARNING && \
	$(BIN)/python tools/show_records.py "$$data"/fjsen-*.jsonl

test: .venv/.ready-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

soak: .venv/.ready-dev
	FJSEN_SOAK=1 $(BIN)/python -m pytest -n 2 tests/test_kill.py tests/test_forty_runs.py

reading:
	@other=.venv-$$($(PYTHON) -c 'import platform; print(platform.python_version())') && \
	$(PYTHON) -m venv $$other && \
	$$other/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' && \
	$$other/bin/python -m pytest -n 2 --dist loadfile $(READING)

lint: .venv/.ready-dev
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy

docs: .venv/.ready
	$(BIN)/fjsen docs

docs-check: .venv/.ready
	$(BIN)/fjsen docs --check

clean:
	rm -rf .venv .venv-* build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/.ready: pyproject.toml
	@$(FIND_PYTHON); $$exit_with -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.ready-dev: .venv/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
