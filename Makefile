# What each target does: `make help`. Settings come from the environment (docs/hosting.md lists them).

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
FAULTS ?= 100
DATA_DIR ?= var

BIN := .venv/bin
INSTALL := $(if $(PYTHON),$(PYTHON) scripts/packages.py,echo "Careerguide needs Python 3.11 or newer (Debian and Ubuntu, as root: apt install python3 python3-venv)."; exit 1;)
LOCK := uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11
# Tests choose their own settings: what the shell has for running the site must not reach them.
PYTEST := env $(foreach name,BACKUP_DIR BACKUP_KEY CLOCK DATA_DIR DEBUG EXTRA_APPS LISTEN_ADDRESS LOG_REQUESTS MAIL_FROM MAIL_URL OFFICIAL_DATA PAGE_COUNTS PAGE_STORE_MB PORT PROXY_ADDRESS \
	REQUIRE_SECOND_FACTOR SECRET_KEY SITE_URL TIME_ZONE VISIT_LINKS VISIT_PRIVATE_ADDRESSES WEB_HOSTS WORKERS,-u $(name)) $(BIN)/python -m pytest -n 2 --dist worksteal
# Those that find most for their time: models, what pages read, search, and what walks docs, templates, sheets and guides.
QUICK := $(addprefix tests/,guides/models guides/reading guides/registry search/test_finding.py search/test_page.py \
	test_content.py test_docs.py test_names.py test_styles.py test_templates.py)
# Of the long forms those that say only right or wrong run two at once; those that hold seconds, or a machine, run alone.
FAULTS_TOGETHER := $(addprefix tests/,$(patsubst %,faults/test_%.py,backups kills migrations restores saving_at_once sending) \
	plan/test_class_and_flood.py careerguide/test_access.py careerguide/test_bad_input.py datasets/test_real_files.py)
FAULTS_ALONE := -n 0 tests/faults tests/upgrades $(addprefix --ignore=,$(filter tests/faults/%,$(FAULTS_TOGETHER)))
# The HTML checker is fetched only where both of its programs are installed.
CHECKER := $(and $(shell command -v npm || :),$(shell command -v java || :),node_modules/.package-lock.json)

.PHONY: help run dev editor superuser check test faults lint format lock clean .venv/.run .venv/.dev

help: ## List the targets, and how long each takes on two cores
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/.run ## Serve the site on 127.0.0.1:$PORT, or 8000 (up in seconds; the first time a minute or two)
	@exec $(BIN)/python -m scripts.run

dev: .venv/.dev ## Serve it for development: reloads as you code (as run)
	@DEBUG=1 $(BIN)/python -m scripts.prepare
	@DEBUG=1 exec $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

editor: .venv/.run ## Create a login for the admin (asks for name and password)
	@$(BIN)/python -m scripts.prepare
	@exec $(BIN)/python manage.py make_editor

superuser: .venv/.run ## Create the login of whoever runs the site: it invites the others (asks, or takes the environment)
	@$(BIN)/python -m scripts.prepare
	@exec $(BIN)/python manage.py make_editor --superuser

check: lint ## Lint, types and the quick tests: for the loop at one's desk (under a minute)
	$(PYTEST) -q -m "not browser" $(QUICK)

test: .venv/.dev $(CHECKER) ## Run every test, then those of the database on PostgreSQL (some 20 minutes)
	env -u DATABASE_URL $(PYTEST)
	scripts/with_postgres $(PYTEST) -m database

faults: .venv/.dev ## Take the database away, kill and pester the site in earnest, on both databases (an hour, and two quiet cores)
	env -u DATABASE_URL FAULTS=$(FAULTS) $(PYTEST) -s $(FAULTS_ALONE)
	env -u DATABASE_URL FAULTS=$(FAULTS) $(PYTEST) $(FAULTS_TOGETHER)
	FAULTS=$(FAULTS) scripts/with_postgres $(PYTEST) -s $(FAULTS_ALONE)
	FAULTS=$(FAULTS) scripts/with_postgres $(PYTEST) $(FAULTS_TOGETHER)

lint: .venv/.dev ## Check code, types, direction of imports, templates, requirements (10 seconds)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache >/dev/null || { $(BIN)/lint-imports --no-cache; exit 1; }
	$(BIN)/mypy --no-error-summary
	$(BIN)/djlint templates --lint --quiet
	@! grep -nE '://|index|find-links' requirements*.txt || { echo "A requirements file names an address."; exit 1; }

format: .venv/.dev ## Put the code into its standard form (a second)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## Lock the newest dependencies that pyproject.toml and package.json allow; needs uv and npm (a minute)
	$(LOCK) --upgrade -o requirements.txt
	$(LOCK) --upgrade --group dev -o requirements-dev.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## Remove what the other targets made, except the data in var/ (seconds)
	rm -rf .venv node_modules test-results .pytest_cache .ruff_cache .hypothesis "$(DATA_DIR)/static"
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Asked every time: only the script can tell a whole .venv from one that was interrupted, moved or left by its Python.
.venv/.run:
	@$(INSTALL) run

.venv/.dev:
	@$(INSTALL) dev

# Where it cannot be fetched the tests say so; its install script would download a Java of its own.
node_modules/.package-lock.json: package.json package-lock.json
	-npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
