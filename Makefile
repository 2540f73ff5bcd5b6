# The two commands of the README. On a new machine each builds all it needs first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test pictures benchmarks

demo:
	$(PYTHON) tools/bootstrap.py
	$(BIN)/coder demo

test:
	$(PYTHON) tools/bootstrap.py --tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n 2 --dist loadfile

pictures:
	QT_QPA_PLATFORM=offscreen $(BIN)/python tools/pictures.py

benchmarks:
	for script in benchmarks/*.py; do echo "== $$script"; QT_QPA_PLATFORM=offscreen $(BIN)/python $$script || exit 1; done
