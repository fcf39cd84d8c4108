# Every target makes its own virtual environment in .venv first, and is quiet when there is nothing to do.
.DEFAULT_GOAL := help
.PHONY: help demo run test check chaos fix openapi specimens accuracy clean
PYTHON_BIN := .venv/bin/python

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.runtime: pyproject.toml scripts/setup.sh
	@scripts/setup.sh runtime

.venv/.test: pyproject.toml scripts/setup.sh tests/node/package.json
	@scripts/setup.sh test

demo: .venv/.runtime ## read specimen documents as an existing caller would, print the answers, stop
	@$(PYTHON_BIN) scripts/demo.py

run: .venv/.runtime ## serve config/gateway.yaml until stopped
	@$(PYTHON_BIN) -m gateway serve --config config/gateway.yaml

test: .venv/.test ## the whole test suite
	@$(PYTHON_BIN) -m pytest

check: .venv/.test ## format, lint, types, imports, tests
	@.venv/bin/ruff format --check -q . && .venv/bin/ruff check -q . && .venv/bin/mypy && .venv/bin/lint-imports && $(PYTHON_BIN) -m pytest

chaos: .venv/.test ## ten minutes of failing vendors and callers of every kind: is every promise kept (FOR=60 SEED=7)
	@$(PYTHON_BIN) scripts/chaos.py $(if $(FOR),--seconds $(FOR)) $(if $(SEED),--seed $(SEED))

fix: .venv/.test ## format and lint what can be mended by itself
	@.venv/bin/ruff format -q . ; .venv/bin/ruff check -q --fix .

openapi: .venv/.runtime ## write docs/openapi.json anew
	@$(PYTHON_BIN) -m gateway.wire.openapi > docs/openapi.json

specimens: .venv/.test ## draw the specimen gallery anew
	@$(PYTHON_BIN) -m tests.specimens.gallery

accuracy: .venv/.test ## measure the embedded reader (on the pictures in IMAGES too) and write docs/accuracy.md
	@$(PYTHON_BIN) scripts/accuracy.py --synthetic 190 --json docs/measurements/synthetic.json
	@$(if $(IMAGES),$(PYTHON_BIN) scripts/accuracy.py $(IMAGES) --counts-only --json docs/measurements/speed.json)
	@$(if $(IMAGES),$(PYTHON_BIN) scripts/accuracy.py $(IMAGES) --degraded --sample 28 --counts-only --json docs/measurements/public.json)
	@$(PYTHON_BIN) scripts/accuracy_page.py > docs/accuracy.md

clean: ## forget the virtual environment and every cache
	rm -rf .venv tests/node/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
