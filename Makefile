# make reports   set up if need be, then make the yearly reports in reports/
# make test      set up if need be, then run the tests
# make texts     write the reviewed texts of the reports anew; look at their difference, then commit it
# make lab       set up if need be, then open JupyterLab on the notebooks
# make check     lint, check the format and the types
# make bench     measure how long batches take, against other ways; about half an hour
# make lock      pin the newest packages that pyproject.toml allows

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# What WeasyPrint needs from the system to lay out text and to embed fonts.
LIBRARIES := libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0
DEBIAN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: reports test texts lab check bench lock setup libraries clean

reports: setup
	$(BIN)/renkei build
	$(BIN)/renkei check
	$(BIN)/renkei render

# Side by side on all cores; what several tests read is made once (tests/conftest.py).
test: setup
	$(BIN)/pytest -n auto --dist worksteal

texts: setup
	$(BIN)/pytest -q -n auto tests/test_reviewed_texts.py --renew

lab: setup
	$(BIN)/jupyter lab --ServerApp.root_dir=notebooks --LabApp.default_url=/lab/tree/start-here.ipynb \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.news_url=None

check: setup
	$(BIN)/ruff check lib tests
	$(BIN)/ruff format --check lib tests
	$(BIN)/mypy

bench: setup
	$(BIN)/python tests/bench.py

lock: setup
	$(BIN)/uv pip compile pyproject.toml --extra cluster --extra dev --universal --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock

setup: libraries $(READY)

libraries:
	@missing=; for library in $(LIBRARIES); do \
		$(PYTHON) -c "import ctypes; ctypes.CDLL('$$library')" 2>/dev/null || missing=yes; \
	done; \
	if [ -n "$$missing" ]; then \
		if ! command -v apt-get >/dev/null; then \
			echo "PDF needs Pango and HarfBuzz ($(LIBRARIES)): install them, then run make again" >&2; exit 1; \
		fi; \
		as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
		$$as_root apt-get update -q && \
		$$as_root apt-get install -y -q --no-install-recommends $(DEBIAN_PACKAGES); \
	fi

# Packages at the pinned versions, with checked hashes; then this project itself, editable; all compiled,
# since importing them uncompiled takes three times as long; and nbdime to show what changed in a notebook.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q lib
	if [ -e .git ]; then git config diff.jupyternotebook.command "$(CURDIR)/$(BIN)/git-nbdiffdriver diff"; fi
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
