# Beleg. `make read`, `make serve` and `make test` work on a fresh machine with Python 3.11+ and make.

VENV   ?= .venv
# The first Python on the path that is new enough; name another with `make read PYTHON=…`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN    := $(VENV)/bin
PY     := $(BIN)/python
WORKERS ?= auto
ARTICLE ?= examples/reprint-undated.txt
EXAMPLES := examples/news-report.txt examples/reprint-undated.txt examples/saved-page.html
LEDGER  ?= out/demo.db
PORT    ?= 8765
# What an installation depends on: when one of these changes, the next target installs again.
INPUTS := pyproject.toml src/beleg/version.py
PIP    := $(PY) -m pip --disable-pip-version-check install --quiet --quiet
LOCKED := $(PIP) --require-hashes --only-binary :all:
# hatchling itself comes from the lock, so building the project fetches nothing.
PROJECT := $(PIP) --no-deps --no-build-isolation --editable .
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--only-binary :all: --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.PHONY: help read serve setup setup-dev test test-fast check bench lock upgrade clean distclean
.DELETE_ON_ERROR:

help:
	@echo "make read       read $(ARTICLE) in the terminal and write the report to out/"
	@echo "make serve      open a ledger of the example articles ($(LEDGER)) in the browser"
	@echo "make test       all tests                 make test-fast  without model, browser, slow ones"
	@echo "make check      format, lint, types, imports, lock"
	@echo "make bench      speed [ARTICLES=FOLDER]   make lock       write requirements/ anew"
	@echo "make upgrade    the same, newer versions  make clean      what was built (distclean: .venv too)"

read: $(VENV)/.core
	@mkdir -p out
	@$(BIN)/beleg read $(ARTICLE) --format html -o out/$(basename $(notdir $(ARTICLE))).html
	@$(BIN)/beleg read $(ARTICLE)
	@echo "The full report: out/$(basename $(notdir $(ARTICLE))).html" >&2

serve: $(VENV)/.web
	@$(BIN)/beleg add $(EXAMPLES) --ledger $(LEDGER) --ui en
	@$(BIN)/beleg serve --ledger $(LEDGER) --port $(PORT)

setup: $(VENV)/.core
setup-dev: $(VENV)/.dev

# Compiled tests are kept even where the environment says not to: compiling takes longer than reading.
test test-fast: export PYTHONDONTWRITEBYTECODE :=

test: $(VENV)/.dev
	$(PY) -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

test-fast: $(VENV)/.dev
	$(PY) -m pytest -n $(WORKERS) --dist worksteal -m "not browser and not slow and not model" $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m pip check
	$(PY) -m pytest -q tests/test_packaging.py -k lock

bench: $(VENV)/.dev
	@$(PY) benchmarks/start.py
	@set -e; for name in read linear times_vs_heideltime; do $(PY) benchmarks/$$name.py $(ARTICLES); done

# Keeps the versions of the present lock where they still fit; `make upgrade` takes the newest.
lock: $(VENV)/.dev
	$(COMPILE) $(UPGRADE) --group dev --all-extras --output-file requirements/dev.txt
	$(COMPILE) $(UPGRADE) --group build --constraint requirements/dev.txt \
		--output-file requirements/core.txt
	$(COMPILE) $(UPGRADE) --group build --extra web --constraint requirements/dev.txt \
		--output-file requirements/web.txt

upgrade:
	$(MAKE) lock UPGRADE=--upgrade

clean:
	rm -rf out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)

$(PY):
	@test -n "$(PYTHON)" || { \
		echo "Beleg needs Python 3.11 or newer; python3 here is $$(python3 -V 2>&1)." >&2; \
		echo "Install one, or name it: make read PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Beleg needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; exit 1; }
	@echo "Setting up $(VENV) from the lock; this happens once and takes about half a minute." >&2
	@$(PYTHON) -m venv $(VENV)

# What `make read` needs, and no tool beyond the one that builds the package.
$(VENV)/.core: requirements/core.txt $(INPUTS) | $(PY)
	@$(LOCKED) -r requirements/core.txt
	@$(PROJECT)
	@touch $@

# And what `make serve` needs besides: everything of core.txt is in web.txt in the same versions.
$(VENV)/.web: requirements/web.txt requirements/core.txt $(INPUTS) | $(PY)
	@$(LOCKED) -r requirements/web.txt
	@$(PROJECT)
	@touch $(VENV)/.core $@

# requirements/dev.txt holds everything of core.txt and web.txt in the same versions.
$(VENV)/.dev: requirements/dev.txt requirements/web.txt requirements/core.txt $(INPUTS) | $(PY)
	@echo "Installing the development tools into $(VENV)" >&2
	@$(LOCKED) -r requirements/dev.txt
	@$(PROJECT)
	@touch $(VENV)/.core $(VENV)/.web $@
