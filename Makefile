# The two commands of the README. On a new machine each builds all it needs first.
PYTHON ?= python3
BIN := .venv/bin

# The studio that renders the sample films: Blender's wheel fits Python 3.11 only.
STUDIO_BASE ?= python3.11
STUDIO := .venv-studio/bin
STUDIO_PACKAGES := espeak-ng libxrender1 libxi6 libxkbcommon0 libsm6 libxxf86vm1 libxfixes3 libgl1

.PHONY: demo test pictures strings benchmarks studio clips

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

# What the program says goes into the catalogues; tells what is not translated yet.
strings:
	$(BIN)/python tools/strings.py

benchmarks:
	for script in benchmarks/*.py; do echo "== $$script"; QT_QPA_PLATFORM=offscreen $(BIN)/python $$script || exit 1; done

# Only to make sample films; neither the program nor its tests need it.
studio:
	@echo "The studio needs these system packages (names of Debian 12): apt-get install $(STUDIO_PACKAGES)"
	$(STUDIO_BASE) -m venv .venv-studio
	$(STUDIO)/pip install --quiet --disable-pip-version-check -r studio/requirements.txt
	$(STUDIO)/pip install --quiet --disable-pip-version-check --no-deps -r studio/requirements-data.txt
	$(STUDIO)/python -c "import bpy"
	espeak-ng --version

# Hours: every film is rendered where it is not yet (studio/README.md).
clips:
	$(BIN)/python -m studio make
	$(BIN)/python -m studio passes
	$(BIN)/python -m studio catalogue
