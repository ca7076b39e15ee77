# Python 3.11 or newer; name another with: make demo PYTHON=python3.12
PYTHON ?= python3
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo tour questions check test lint app bench faults reliability lock clean

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: ## set up and audit the bundled example
	@$(PYTHON) scripts/bootstrap.py demo

tour: ## set up and audit an invented article that shows every verdict, reason and notice, offline
	@$(PYTHON) scripts/bootstrap.py tour

questions: ## set up and ask what a reviewer asks: what falls, whence it comes, what is one line, what is contested
	@$(PYTHON) scripts/bootstrap.py questions

check: ## set up, lint the examples, and compare with the findings that they must have
	@$(PYTHON) scripts/bootstrap.py check

test: ## set up and run every check; make test ARGS="-k trace" hands ARGS to pytest
	@$(PYTHON) scripts/bootstrap.py test $(ARGS)

lint: ## set up and run the checks without the tests
	@$(PYTHON) scripts/bootstrap.py lint

app: ## set up and open the knowledge base in the browser
	@$(PYTHON) scripts/bootstrap.py env
	@$(BIN)/kb app

bench: ## set up and run every benchmark
	@$(PYTHON) scripts/bootstrap.py bench

faults: ## set up and show what each registry client makes of each fault
	@$(PYTHON) scripts/bootstrap.py bench faults

reliability: ## set up and kill 100 runs at random moments, and count what is lost
	@$(PYTHON) scripts/bootstrap.py bench reliability $(ARGS)

lock: ## write the locked requirements anew, at the newest versions
	@$(PYTHON) scripts/bootstrap.py lock

clean: ## remove what the other targets made, except knowledge bases
	rm -rf .venv .venv-peers build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
