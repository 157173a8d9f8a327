# The doors of the project. `make` alone lists them.
ARCHIVE ?= archive.db
PORT ?= 8001
SERVE ?= 1
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
  $(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
READY := .venv/ready

.PHONY: help setup run test lint check gold bench soak crawl serve summary screenshots docs office clean
.DEFAULT_GOAL := help

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

setup: $(READY) ## make .venv and install the pinned dependencies; nothing to do the second time

$(READY): constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "the venv module is missing: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "setting up .venv with $$($(PYTHON) --version): about a minute the first time"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@$(BIN)/python -m pipelines.fonts
	@touch $(READY)

run: $(READY) ## collect the sample press on loopback, say what was found, serve it (SERVE=0, PORT=, ARCHIVE=)
	@$(BIN)/python -m tests.press.demo --archive "$(ARCHIVE)" --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

test: lint check ## run every check and every test

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@# from within, or mypy takes our datasette/ for the package of that name
	@cd datasette/plugins && ../../$(BIN)/mypy --config-file= --strict --ignore-missing-imports --allow-untyped-decorators .

check: $(READY)
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

gold: $(READY) ## score the taggers on the hand-annotated texts of tests/gold
	@$(BIN)/python -m tests.gold.score_dates
	@$(BIN)/python -m tests.gold.score_relevance
	@$(BIN)/python -m tests.gold.score_text
	@$(BIN)/python -m tests.gold.score_meetings
	@$(BIN)/python -m tests.gold.score_search

bench: $(READY) ## measure speed (TEXTS= a folder of texts, default the press)
	@$(BIN)/python -m bench.dates $(TEXTS)
	@$(BIN)/python -m bench.stories
	@$(BIN)/python -m bench.site

soak: $(READY) ## crawl 20,000 pages of loopback and watch memory; kill a run at 20 random moments (half an hour)
	@$(BIN)/python -m bench.soak
	@KILLS=20 $(BIN)/python -m pytest tests/test_run.py -k killed

crawl: $(READY) ## collect every declared outlet into the archive (a sample is moved aside first)
	@$(BIN)/scrapy sweep -s ARCHIVE="$(ARCHIVE)"
	@$(BIN)/scrapy summary -s ARCHIVE="$(ARCHIVE)"

serve: $(READY) ## browse the archive on 127.0.0.1:$(PORT)
	@$(BIN)/scrapy serve -s ARCHIVE="$(ARCHIVE)" --port $(PORT)

summary: $(READY) ## say what the archive holds
	@$(BIN)/scrapy summary -s ARCHIVE="$(ARCHIVE)"

screenshots: $(READY) ## take the pictures of docs/ again (needs Chromium)
	@$(BIN)/python docs/screenshots.py

docs: $(READY) ## write the data dictionary and the worked questions again
	@$(BIN)/python -m docs.generate

office: $(READY) ## open exports in LibreOffice, headless, and read back what it saw
	@$(BIN)/python -m pytest -rs tests/office/office_formats.py

clean: ## remove .venv and caches; archives stay
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
