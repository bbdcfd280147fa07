# setup, lint, test, docs, bench and demo are all there is.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
WORKERS ?= 3

.PHONY: setup lint test docs bench demo
setup: $(STAMP)

$(STAMP): requirements/dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install it with 'sudo apt-get install python3'."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: install it with 'sudo apt-get install python3.11' and run 'make $(MAKECMDGOALS) PYTHON=python3.11'."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install it with 'sudo apt-get install python3-venv'."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@$(BIN)/pip check --disable-pip-version-check >/dev/null || { $(BIN)/pip check; exit 1; }
	@touch $@

lint: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: lint
	@command -v chromium >/dev/null || echo "Chromium is not installed: the browser tests are skipped (sudo apt-get install chromium)."
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

docs: setup
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/docs.txt
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs --quiet build --strict
	@echo "The pages are in site/index.html."

bench: setup
	@$(BIN)/python -m benchmarks

demo: setup
	@$(BIN)/python -m bot demo
