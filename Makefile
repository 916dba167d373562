# make run      everything, and a server at http://localhost:8000 (PORT= changes it)
# make test     all tests: SQLite with a browser, PostgreSQL
# make setup    the environment alone, in .venv
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
BIN := .venv/bin
INSTALL = if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python $(1); \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi
STATIC_SOURCES := $(shell find tracker/static -type f 2>/dev/null)

.PHONY: setup run test lint bench demo clean lock database

setup: .venv/.runtime

.venv/.runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the product needs into .venv"
	@$(call INSTALL,-r requirements.txt)
	@touch $@

.venv/.development: .venv/.runtime requirements-dev.txt
	@echo "Installing what tests and checks need into .venv"
	@$(call INSTALL,-r requirements.txt -r requirements-dev.txt)
	@touch $@

database: .venv/.runtime
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py createcachetable --verbosity 0
	@$(BIN)/python manage.py load_framework --verbosity 0

var/.static: .venv/.runtime $(STATIC_SOURCES)
	@$(BIN)/python manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

run: database var/.static
	@echo "mlarch runs at http://localhost:$(PORT) (Ctrl+C stops it)"
	@exec $(BIN)/gunicorn mlarch.wsgi --bind $(HOST):$(PORT) --workers $(WORKERS) --worker-class gthread \
		--threads 4 --log-level warning

demo: database
	@$(BIN)/python manage.py demo

test: .venv/.development
	@scripts/test

lint: .venv/.development
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check

bench: .venv/.development
	@$(BIN)/python -m tests.bench

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage var/static var/.static

# Needs uv. Pins and hashes everything for every Python and platform; names no index.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-strip-extras \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt
