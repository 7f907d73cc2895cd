# `make site` and `make test` set up what they need; a second run installs nothing.
# Every path is relative and quoted where a shell sees it, so that any folder will do.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PACKAGES := node_modules/.ready
TODAY := 2026-11-24
# What needs nothing of each other is made side by side.
MAKEFLAGS += --jobs=2
# The tests start hundreds of programs. Where this is set, each would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site serve test browser lint types bench bench-matching first-hour fuzz chaos bless catalog lock clean

site: $(READY)
	$(BIN)/python -m peerloom check --audience public --today $(TODAY)
	$(BIN)/python -m peerloom build --audience public --out site --today $(TODAY)

serve: $(READY)
	$(BIN)/python -m peerloom serve --today $(TODAY)

# One worker more than there are processors, as tests wait for processes and browsers, too.
test: $(READY) $(PACKAGES) lint types browser
	$(BIN)/python -m pytest -n "$$($(BIN)/python -c 'import os; print(os.cpu_count() + 1)')" --dist loadgroup -q

# The tests look at the site in Debian's Chromium; without the rights to install it, they say how.
# Debian's packages cannot be installed twice at once, so that it waits for npm.
browser: $(PACKAGES)
	@command -v chromium >/dev/null || { apt-get -qq update && apt-get -qq install -y chromium chromium-driver; } || true

lint: $(READY)
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/python -m mypy

bless: $(READY) $(PACKAGES)
	$(BIN)/python -m pytest -n auto -q --bless

# Every marked sentence, for those who translate; `babel.cfg` says where they are looked for.
CATALOG := tools/peerloom/locale/peerloom.pot
catalog: $(READY)
	$(BIN)/python -m babel.messages.frontend --quiet extract --mapping-file babel.cfg \
	  --no-default-keywords -k _ -k gettext -k mark -k ngettext:1,2 -k mark_plural:1,2 \
	  --omit-header --sort-output --add-location file --output-file '$(CATALOG)' .

# Every lock anew from pyproject.toml, from one resolution; `make lock UPGRADE=--upgrade` takes the
# newest versions. Those in `.peerloom` are for this repository, whose workflows install its source.
LOCKS := tools/peerloom/toolbox/locks
COMPILE := $(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url
LOCK := $(COMPILE) --no-build --generate-hashes --constraint constraints.txt
lock: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	$(COMPILE) $(UPGRADE) --extra dev --group release --output-file constraints.txt pyproject.toml
	rm -f $(LOCKS)/*.txt .peerloom/*.txt .github/requirements-release.txt
	$(LOCK) --group release --output-file .github/requirements-release.txt
	set -e; for lock in ':all' '-build:' '-github:github'; do \
	  extra="$${lock#*:}"; name="requirements$${lock%:*}.txt"; \
	  $(LOCK) $${extra:+--extra "$$extra"} --output-file "$(LOCKS)/$$name" pyproject.toml; \
	  echo 'hatchling>=1.27' | $(LOCK) $${extra:+--extra "$$extra"} --output-file ".peerloom/$$name" pyproject.toml -; \
	done

bench: $(READY) $(PACKAGES)
	PYTHONPATH=tests $(BIN)/python -m benchmarks

# Real cohorts, read from `../shared/data/ols`.
bench-matching: $(READY)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.quality

# The first hour of a coordinator, from the template to the site; installs from the package index.
first-hour: $(READY) $(PACKAGES)
	PYTHONPATH=tests $(BIN)/python -m first_hour

fuzz: $(READY) $(PACKAGES)
	PYTHONPATH=tests $(BIN)/python -m attacks fuzz 100000 --only any-input
	$(BIN)/python -m pytest -q tests/github/test_cohort_on_github.py --pairs 40
	PYTHONPATH=tests $(BIN)/python -m attacks fuzz 1000

chaos: $(READY) $(PACKAGES)
	PYTHONPATH=tests $(BIN)/python -m attacks chaos 1000

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

# What GitHub publishes about itself, for the stand-in that the tests talk to.
$(PACKAGES): package-lock.json
	@command -v npm >/dev/null || { apt-get -qq update && apt-get -qq install -y npm; }
	npm ci --no-audit --no-fund
	touch $(PACKAGES)

clean:
	rm -rf .venv node_modules site
