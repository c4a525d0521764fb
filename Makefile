# `make report` reads the samples and makes their pages; `make test` runs everything that guards main.
# Both make .venv and install what they need, once; a second run installs nothing anew.
PYTHON ?= python3
BIN := .venv/bin
# Where a part has no wheels: make test EXTRAS=test leaves the tests of OCR out, and says so.
EXTRAS ?= test,ocr
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: report test lab notebooks dictionary bench lock clean

report: .venv/installed-report
	$(BIN)/gia run data/raw --corpus data/derived/corpus --out reports

test: .venv/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest --numprocesses auto --dist loadfile --nbval --nbval-current-env tests gia_analysis notebooks

lab: .venv/installed-test
	$(BIN)/gia lab

# Run the notebooks afresh and store their outputs, the same bytes on every machine.
notebooks: .venv/installed-test
	$(BIN)/python -m gia_analysis.publishing.refresh notebooks/*.ipynb

# Write the data dictionary anew from schema, forms, checks and indicators.
dictionary: .venv/installed-test
	$(BIN)/gia dictionary --out docs

# Speed, growth and memory, as ratios to other ways of doing the same; takes about half an hour.
bench: .venv/installed-test
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/html_pages.py
	$(BIN)/python benchmarks/docx_files.py
	$(BIN)/python benchmarks/pdf_files.py
	$(BIN)/python benchmarks/scans.py
	$(BIN)/python benchmarks/frames.py
	$(BIN)/python benchmarks/pages.py

# Write the exact versions anew (needs uv).
lock:
	uv pip compile --universal --python-version 3.11 --extra test --extra ocr --no-annotate --no-header --no-emit-index-url \
		--upgrade pyproject.toml --output-file constraints.txt

clean:
	rm -rf .venv data/derived $(filter-out reports/README.md,$(wildcard reports/*))

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed-report: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --editable .
	touch $@

.venv/installed-test: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --editable ".[$(EXTRAS)]"
	touch .venv/installed-report $@
