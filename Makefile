# Every command makes the environment it needs; what it is doing is told by tools/setup.py.

VERSIONS := python3.13 python3.12 python3.11 python3 python
RUNS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# The first interpreter that really runs: a name on the path may be a launcher without a Python.
PYTHON ?= $(shell for name in $(VERSIONS); do \
	"$$name" -c "$(RUNS)" 2>/dev/null && { echo "$$name"; break; }; done)
SETUP = "$(or $(PYTHON),$(error RNN Studio needs Python 3.11, 3.12 or 3.13; none was found on the path))" tools/setup.py

BIN := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
APP := .venv/$(BIN)/python
CORE := .venv-core/$(BIN)/python
PACKAGER := .venv-package/$(BIN)/python

QT_FREE_UI := running state guessing events walk_state search_state curve graph diagram_layout reduce scales
QT_FREE_TESTS := tests/core $(wildcard \
	$(foreach name,$(QT_FREE_UI),tests/ui/test_$(name).py tests/ui/*/test_$(name).py tests/ui/*/*/test_$(name).py))

.DEFAULT_GOAL := help
.PHONY: help run test test-others lint test-core test-kernels bench screenshots translations
.PHONY: package package-changed package-test clean

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run:  ## start the application (without a display: run the guided demo into demo/)
	@$(SETUP) app
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here: running the guided demo into demo/ instead."; \
		$(APP) -m rnnstudio demo --out demo; \
	else \
		$(APP) -m rnnstudio; \
	fi

test: lint  ## run everything: format, lint, types, walls and tests
	@mkdir -p build
	@echo "The tests of the window; beside them all others: their outcome follows (whole in build/test-others.log):"
	@$(MAKE) --no-print-directory test-others >build/test-others.log 2>&1 & others=$$!; \
		trap "kill $$others" INT TERM; \
		$(APP) -m pytest tests/ui; window=$$?; \
		wait $$others; alone=$$?; \
		tail -n 60 build/test-others.log; \
		[ $$alone -eq 0 ] || sed -n '/^=* \(FAILURES\|ERRORS\) =*$$/,/^=* .* in .* =*$$/p' \
			build/test-others.log; \
		[ $$window -eq 0 ] && [ $$alone -eq 0 ]

test-others:  ## run all tests but the window's
	@$(MAKE) --no-print-directory test-core; core=$$?; \
		$(APP) -m pytest -m "keras or not core" --ignore tests/ui; rest=$$?; \
		[ $$core -eq 0 ] && [ $$rest -eq 0 ]

lint:  ## check format, style and types
	@$(SETUP) app
	@echo "Format, style and types:"
	@$(APP) -m ruff format --check
	@$(APP) -m ruff check
	@$(APP) -m mypy

test-core:  ## run the core and state tests in an environment without Qt
	@$(SETUP) core
	@echo "Core and state tests, without Qt:"
	@$(CORE) -m pytest -m "not keras" $(QT_FREE_TESTS)

test-kernels:  ## run the core tests with the products of several processors
	@$(SETUP) core
	@$(CORE) tools/kernels.py -m "not keras" tests/core

bench:  ## measure speed against Keras and PyTorch, and what faults do
	@$(SETUP) bench
	@$(APP) -m benchmarks

screenshots:  ## take the documents' pictures of the window anew, into docs/images/
	@$(SETUP) app
	@$(APP) tools/document_pictures.py

translations:  ## bring the catalogues of the languages up to date with the sentences in the code
	@$(SETUP) app
	@$(APP) tools/translations.py

package:  ## build the application that needs no Python, into dist/RNNStudio/
	@$(SETUP) package
	@PYTHONHASHSEED=1 SOURCE_DATE_EPOCH=0 \
		$(PACKAGER) -m PyInstaller --clean --noconfirm --log-level WARN rnnstudio.spec

package-changed:  ## build and self-test it if anything changed that could break it
	@$(PYTHON) -m tools.package.inputs && echo "Nothing that could break the bundle has changed." || { \
		$(MAKE) --no-print-directory package && cd / && \
		env -i "$(CURDIR)/dist/RNNStudio/RNNStudio" --self-test && cd "$(CURDIR)" && \
		$(PYTHON) -c "from tools.package.inputs import remember; remember()"; }

package-test: package  ## pack it for Linux; install, start, self-test, measure and remove it
	@$(SETUP) app
	@$(PACKAGER) -m tools.package.linux_packages
	@$(PACKAGER) -m tools.package.package_test

clean:  ## remove what these commands made
	rm -rf .venv .venv-core .venv-package build dist demo
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
