# Every verb lives in scripts/; this file only gives it a short name.
# Arguments: make run ARGS="--port 9000", make test ARGS="-k timeline"

.DEFAULT_GOAL := help
.PHONY: help install run test check bench build clean distclean

help: ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/' | expand -t 18

install: ## set up .venv and node_modules (the other verbs do it by themselves)
	@scripts/install

run: ## set up, build and serve on http://127.0.0.1:8000
	@scripts/run $(ARGS)

test: ## set up, build and run all tests (Python, browser, TypeScript)
	@scripts/test $(ARGS)

check: ## lint, format, types, drift of generated files and locks
	@scripts/check $(ARGS)

bench: ## measure against the naive reference; ARGS="--quick" or "--only save"
	@scripts/bench $(ARGS)

build: ## make the wheel and the source archive in dist/
	@scripts/build dist

clean: ## remove what was built, and caches
	@rm -rf build dist backend/dynamic_gallery/static test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis

distclean: clean ## also remove .venv and node_modules
	@rm -rf .venv node_modules
