# Two commands: `make demo` shows casework, `make test` proves it. Both build .venv first; nothing else is needed
# than Python 3.11 or newer and a package registry.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
ROUNDS ?= 100

# compiled modules are kept: the tests start hundreds of processes
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check crash nightly mutants bench docs golden lock

help:       ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/.ready    ## a county at work, on a page that answers
	$(BIN)/casework demo

test: check    ## every check and every test; a skipped test is a failure (a browser may lack)
	CASEWORK_REQUIRE_POSTGRES=1 $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || \
	    echo "not tried: the pages in a browser. Install chromium and fonts-noto-cjk, or name one in CHROMIUM." >&2

check: $(VENV)/.ready    ## format, lint, types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyrefly check

crash: $(VENV)/.ready    ## kill -9 under load, ROUNDS=100 times, and whatever else goes on for long
	CASEWORK_CRASH_ROUNDS=$(ROUNDS) CASEWORK_REQUIRE_POSTGRES=1 $(BIN)/pytest -n auto --dist loadfile -m crash

nightly: $(VENV)/.ready    ## what `make test` leaves out: many rounds, second databases and languages, the whole county
	CASEWORK_CRASH_ROUNDS=$(ROUNDS) CASEWORK_REQUIRE_POSTGRES=1 $(BIN)/pytest -m "bench or crash or nightly"
	CASEWORK_TEST_WHOLE_START=1 CASEWORK_REQUIRE_POSTGRES=1 $(BIN)/pytest \
	    tests/operators/test_pages.py tests/stories/test_quickstart.py tests/stories/test_readme.py

mutants: $(VENV)/.ready    ## break the code in forty places, and say which tests notice
	$(BIN)/python -m tests.mutants

bench: $(VENV)/.ready    ## the speeds, side by side
	$(BIN)/python -m tests.bench

docs: $(VENV)/.ready    ## write docs/reference/ again from the code
	$(BIN)/python -m docs.generate

golden: $(VENV)/.ready    ## record what new events look like when stored; old files are never touched
	$(BIN)/python -m tests.golden.record

lock: $(VENV)/.python    ## choose versions: the only command that does
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --python-version 3.11 --group dev --all-extras pyproject.toml -o requirements.lock

# uv is only the fast installer: where it has no wheel, or does not know the registry that pip is set up for,
# pip installs the same files, checked against the same hashes.
$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/.python
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock || \
	    $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "casework needs Python 3.11 or newer, which '$(PYTHON)' is not: name one, as in 'make test PYTHON=python3.12'." >&2; \
	    exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet 'uv>=0.13,<0.14' || true
	@touch $@
