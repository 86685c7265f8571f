# One verb a task. `make run` and `make test` need nothing but Python 3.11 or later and make.

PYTHON ?= python3
VENV ?= .venv
DATA ?= data
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := $(VENV)/bin
SAMPLE := sample/creators.jsonl
export HF_HUB_OFFLINE = 1

.PHONY: run test check lint types imports unit fix docs golden bench test-browser test-collection test-kill test-opensearch clean \
	help

help: ## list the verbs
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: $(VENV)/installed ## install, index the sample corpus, serve the page and the API
	$(BIN)/nichescout --data $(DATA) import $(SAMPLE)
	$(BIN)/nichescout --data $(DATA) index --update
	$(BIN)/nichescout --data $(DATA) serve --host $(HOST) --port $(PORT)

test: lint types imports unit ## everything that must pass before a change lands

lint: $(VENV)/installed-dev ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev ## types, strictly
	$(BIN)/mypy

imports: $(VENV)/installed-dev ## directions of imports
	$(BIN)/lint-imports

unit: $(VENV)/installed-dev ## all tests but those in a browser, on a judged collection or on OpenSearch
	$(BIN)/python -m pytest -m "not browser and not collection and not opensearch"

test-browser: $(VENV)/installed-browser ## the page in Chromium (Debian: apt-get install chromium)
	$(BIN)/python -m pytest -m browser

test-opensearch: $(VENV)/installed-opensearch ## on real OpenSearch nodes (Debian: nginx-light; OPENSEARCH_M2=folder, else Maven)
	REQUIRE_OPENSEARCH=1 $(BIN)/python -m pytest -m "opensearch and not browser"

test-collection: $(VENV)/installed-dev ## quality: make test-collection COLLECTION=creators.jsonl.zst EVAL=folder SCIFACT=folder
	$(if $(COLLECTION),NICHESCOUT_COLLECTION='$(COLLECTION)') $(if $(EVAL),NICHESCOUT_EVAL='$(EVAL)') \
	$(if $(SCIFACT),NICHESCOUT_SCIFACT='$(SCIFACT)') $(BIN)/python -m pytest -m collection tests/collection

test-kill: $(VENV)/installed-dev ## 200 rounds of kill -9 during import, build and update, 100 in mid-crawl
	$(BIN)/python -m evaluation.kill --rounds 200
	$(BIN)/python -m evaluation.kill.crawl --rounds 100

bench: $(VENV)/installed-dev ## time and size on a collection: make bench COLLECTION=creators.jsonl.zst
	$(BIN)/python -m evaluation.benchmark $(if $(COLLECTION),--collection $(COLLECTION)) $(BENCH)

docs: $(VENV)/installed-dev ## write the generated pages anew
	$(BIN)/nichescout openapi > docs/reference/openapi.json
	$(BIN)/nichescout schema > docs/reference/creator.schema.json
	$(BIN)/nichescout reference > docs/reference/cli.md
	$(BIN)/python -m tests.docs.filters_page > docs/reference/filters.md

golden: $(VENV)/installed-dev ## write the golden files of the tests anew; then read what changed
	NICHESCOUT_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q -k golden -m "not opensearch"

fix: $(VENV)/installed-dev ## let the tools mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the environment and what was built from it; data stays
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

$(VENV)/installed-browser: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,browser]'
	touch $@

$(VENV)/installed-opensearch: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,opensearch-test]'
	touch $@
