# Tracker. `make help` lists what there is; `make run` and `make test` are all that is needed.

PORT    ?= 8000
WORKERS ?= 2

VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
# A stamp is the time at which a step was last done for the files it depends on.
STAMPS := $(VENV)/stamps
ASSETS := tracker/web/assets
PO     := $(wildcard tracker/translations/*/LC_MESSAGES/*.po)
MO     := $(PO:.po=.mo)
BUILT  := tracker/web/static/vendor/manifest.json .build/test-assets/manifest.json
PYTEST  = $(BIN)/pytest -n $(WORKERS) --dist loadfile $(PYTEST_FLAGS)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run install dev system test fast lint format types contracts translations lock clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

run: install ## install what is missing, then serve the demo portfolio on port 8000 (PORT=…)
	@exec $(BIN)/tracker demo --port $(PORT)

# ---------------------------------------------------------------------------------------------- installing

install: $(STAMPS)/tracker $(BUILT) $(MO) ## make .venv with everything Tracker runs on
	@:

$(STAMPS)/venv: .ci/python.sh
	@echo "Tracker, step 1 of 4: a Python environment in $(VENV)"
	@python=$$(PYTHON="$(PYTHON)" sh .ci/python.sh) || exit 1; \
	  if ! $(PY) -m pip --version >/dev/null 2>&1; then "$$python" -m venv --clear $(VENV); fi
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements.txt $(STAMPS)/venv
	@echo "Tracker, step 2 of 4: the Python packages (about 120 MB the first time, one or two minutes)"
	@$(PY) .ci/install.py requirements.txt
	@touch $@

$(STAMPS)/tracker: pyproject.toml $(STAMPS)/runtime
	@echo "Tracker, step 3 of 4: Tracker itself"
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(BUILT): $(wildcard $(ASSETS)/*.*) $(STAMPS)/venv
	@echo "Tracker, step 4 of 4: fonts and map library, served from here"
	@$(PY) $(ASSETS)/build.py
	@touch $@

%.mo: %.po | $(STAMPS)/runtime
	@$(BIN)/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

dev: install $(STAMPS)/tools ## add the tools for testing and checking
	@:

$(STAMPS)/tools: requirements-dev.txt $(STAMPS)/tracker
	@echo "Tracker: the tools for testing and checking (about 110 MB the first time)"
	@$(PY) .ci/install.py requirements-dev.txt
	@touch $@

system: dev ## make sure that Chromium and PostgreSQL + PostGIS are there for the tests
	@$(PY) .ci/system.py

# ------------------------------------------------------------------------------------------------- checking

test: system ## every test: SQLite, PostgreSQL + PostGIS, and a real Chromium (a few minutes)
	@CHROMIUM="$$($(PY) .ci/system.py --chromium)" $(PY) .ci/postgres.py run -- $(PYTEST)

fast: dev ## the quick tests, without browser and PostgreSQL (under a minute)
	@$(PYTEST) -m "not browser and not postgres"

lint: $(STAMPS)/tools ## ruff
	@$(BIN)/ruff check .

format: $(STAMPS)/tools ## lay the code out and mend what ruff can mend by itself
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

types: $(STAMPS)/tools ## mypy, strict
	@$(BIN)/mypy
	@$(BIN)/mypy .ci/*.py $(ASSETS)/build.py

contracts: $(STAMPS)/tools ## imports go only down, and each heavy library has one home
	@$(BIN)/lint-imports

translations: $(STAMPS)/tools ## every message is translated (`make translations UPDATE=update` adds the new ones)
	@$(PY) .ci/translations.py $(UPDATE)

# ----------------------------------------------------------------------------------------------- looking after

UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
             --no-emit-index-url --no-header --no-annotate $(if $(UPGRADE),--upgrade)

lock: dev ## pin the packages again after a change of pyproject.toml or package.json (UPGRADE=1: newest)
	@$(UV_COMPILE) pyproject.toml -o requirements.txt
	@$(UV_COMPILE) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
	@$(UV_COMPILE) --group node -o $(ASSETS)/requirements-node.txt
	@cd $(ASSETS) && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved \
	  --no-audit --no-fund --loglevel=error >/dev/null
	@git --no-pager diff --stat -- requirements.txt requirements-dev.txt $(ASSETS)

clean: ## remove what make made; what people entered stays
	rm -rf $(VENV) .build build tracker.egg-info tracker/web/static/vendor \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache $(MO)
