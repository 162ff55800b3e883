# make reports   set up if need be, then make the yearly reports in reports/
# make test      set up if need be, then run the tests
# make texts     write the reviewed texts of the reports anew; look at their difference, then commit it
# make lab       set up if need be, then open JupyterLab on the project, with the page to start from
# make check     lint, check the format and the types
# make bench     measure how long batches take, against other ways, and write it into docs/; about an hour; PARTS=six for one
# make mutants   change the analysis in 2,400 ways and see which of them no test notices; a quarter of an hour
# make damages   damage each line of the documents in ten ways: is each refused, or told? eleven minutes; SEED=7
# make kills     kill render, build and actuals import at 30 steps each; nothing may be torn or left; eight minutes
# make kills-mail  kill a sending command at each of its steps, 140 times, and count what is lost or comes twice; four minutes
# make audit     ask which of the locked packages have known vulnerabilities; needs the network
# make lock      pin the newest packages that pyproject.toml allows
# make clean     take away what set-up and tests have made, but no report

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
AUDIT := .venv-audit
READY := $(VENV)/.ready

.PHONY: reports test texts lab check bench kills kills-mail damages audit mutants lock setup clean venv-there

reports: setup
	$(BIN)/renkei reports

# Side by side on all cores; what several tests read is made once (tests/conftest.py).
test: setup
	$(BIN)/pytest -n auto --dist worksteal

texts: setup
	$(BIN)/pytest -q -n auto tests/test_reviewed_texts.py --renew

# For this machine alone, whatever somebody's own settings say. Jupyter refuses to run as root unless told; a
# container often has no other user.
lab: setup
	$(BIN)/jupyter lab --ServerApp.root_dir=. --ServerApp.ip=127.0.0.1 \
		"--LabApp.default_url=/lab/tree/notebooks/start-here.ipynb?file-browser-path=/" \
		$(if $(filter 0,$(shell id -u)),--allow-root)

check: setup
	$(BIN)/ruff check lib tests
	$(BIN)/ruff format --check lib tests
	$(BIN)/mypy

# In an environment of its own, with what the batch is set against: another package in .venv would make all
# reports out of date.
bench: $(BENCH)/.ready
	cd tests && ../$(BENCH)/bin/python -m bench $(PARTS)

kills-mail: setup
	cd tests && ../$(BIN)/python mail_kills.py

mutants: setup
	$(BIN)/python tests/mutants.py

kills: setup
	$(BIN)/python tests/kills.py

damages: setup
	$(BIN)/python tests/damages.py $(SEED)

# In an environment of its own: another package in .venv would make all reports out of date.
audit: setup
	@$(BIN)/python tests/audit.py $(AUDIT)

lock: setup
	$(BIN)/uv pip compile pyproject.toml --extra cluster --extra dev --universal --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock

setup: $(READY)

# Packages at the pinned versions, with checked hashes; then this project itself, editable; all compiled,
# since importing them uncompiled takes three times as long; and git, where it is, learns of notebooks.
$(READY): requirements.lock pyproject.toml
	@$(MAKE) --no-print-directory venv-there
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --system-certs --require-hashes --compile-bytecode requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q lib
	$(BIN)/python -m renkei.git
	touch $@

# Debian's Python comes without venv. In a container, as root, it is installed; anybody else is told how.
venv-there:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed')"
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
		$$($(PYTHON) -c "import sys; print('python%d.%d-venv' % sys.version_info[:2])"); \
	else echo >&2 "$(PYTHON) has no venv. Install it (Debian, Ubuntu: sudo apt-get install python3-venv)," \
		"or name another Python: make PYTHON=/path/to/python3"; exit 1; fi

$(BENCH)/.ready: $(READY)
	$(PYTHON) -m venv $(BENCH)
	$(BIN)/uv pip sync --quiet --system-certs --python $(BENCH)/bin/python --require-hashes --compile-bytecode requirements.lock
	$(BIN)/uv pip install --quiet --system-certs --python $(BENCH)/bin/python --compile-bytecode --no-build-isolation \
		--constraint requirements.lock --editable '.[bench]'
	touch $@

clean:
	rm -rf $(VENV) $(BENCH) $(AUDIT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
