# The verbs of this project. `make report` and `make test` need nothing but
# Python 3.11 or later, make and a package index: they make .venv themselves.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
OUT    ?= out
# More arguments for pytest: make test ARGS="-k bulletins"
ARGS   ?=
# What make coverage holds at 100 %, and the tests it asks: those that stand beside it. Those of the
# phase tables' mutants are left out: they run the scenarios on tables that are not the library's.
LAYERS   := instruments record assessment
COVERING := $(LAYERS:%=tests/%) tests/scenarios --ignore=tests/scenarios/test_table_mutants.py \
  tests/journal/test_chains_assessed.py tests/journal/test_caught_up.py \
  tests/journal/test_journal_stores.py::TestForgingInMemory tests/reporting/test_notebook.py tests/reporting/test_release.py \
  tests/test_wrong_calls_of_assess.py
# Modules of the assessment for make mutants: make mutants ONLY="lifecycle.phases determination.rules"; without, all
ONLY   ?=
# How many records the history and the large journals of make bench have
SIZE   ?= 100000

# Stamps: each is younger than pyproject.toml once its packages are installed.
MADE := $(VENV)/.made
RUN  := $(VENV)/.installed-report
DEV  := $(VENV)/.installed-dev

# The example: nine days from the memorandum's entry into force, and the nine before.
# `--at` is fixed and the counts are public (`--published`), so that the journal, and with it the report, has the same bytes every time.
EXAMPLE   := syria-ceasefire-2016 syria-astana-2017-01-24 syria-de-escalation-2017
BULLETINS := src/ceasefire/data/bulletins/syria_bulletins_2016_2018.csv
GED       := src/ceasefire/data/ucdp
# make report UCDP=1: the events of those nine days by UCDP GED beside the counts, never added to them
UCDP      ?=
SINCE     := 2017-05-06
AS_OF     := 2017-05-14
RECORDED  := 2019-01-01T00:00:00Z

# Reports of the Astana process from the bulletins and the record that ship (docs/astana.md), each with what had been
# said by its day.
ASTANA := report --records syria-bulletins --records syria-astana --relays
SOCHI  := syria-de-escalation-2017 syria-sochi-2018
# Those of which a page shows page one, as a picture.
DAYS   := 2017-01-27 2017-06-05 2017-09-16 2018-10-16 2020-03-04

.PHONY: help report astana picture docs test spark coverage mutants lint types bench wheel clean

help:
	@echo "make report   write out/report.html, .pdf and .md from the shipped bulletins (UCDP=1: and UCDP GED beside them), and what make astana writes"
	@echo "make astana   write out/astana-*.html: the first meeting, the memorandum, the eve of the Moscow protocol"
	@echo "make picture  write docs/report.png and docs/astana-*.png, their first pages, with Chromium"
	@echo "make docs     draw the tables, diagrams and results on the pages from the code; build the site in site/, which asks no other host"
	@echo "make test     run the tests (more arguments for pytest: ARGS=…)"
	@echo "make spark    run the expressions of ceasefire.analytics on a local Spark (needs Java; installs PySpark)"
	@echo "make coverage hold that tests take every branch of instruments/, record/ and assessment/"
	@echo "make mutants  change the assessment in thousands of places: a test must notice each (hours; ONLY=lifecycle.phases for a part)"
	@echo "make lint     ruff: rules and format"
	@echo "make types    mypy, strict, on src"
	@echo "make bench    the ratios of benchmarks/ (SIZE=5000 for a quick run; the full one takes minutes)"
	@echo "make wheel    build the wheel and use it from a clean environment"
	@echo "make clean    remove what was built; .venv stays"

# One process writes all that a target writes: what it imports and reads, it does so once.
TOGETHER := $(BIN)/python docs/run_commands.py

define EXAMPLE_REPORT
import bulletins $(BULLETINS) --journal "$(OUT)/syria.db" --at $(RECORDED) --published
$(if $(UCDP),import ucdp $(GED)/ucdp_ged_syria_2017h1.csv --map $(GED)/nine_days.toml --journal "$(OUT)/syria.db" \
  --at $(RECORDED) --published $(EXAMPLE:%=--agreement %))
report $(EXAMPLE) --journal "$(OUT)/syria.db" --since $(SINCE) --as-of $(AS_OF) --relays \
  --out "$(OUT)/report.html" --out "$(OUT)/report.pdf" --out "$(OUT)/report.md" --summary
endef
define ASTANA_REPORTS
$(ASTANA) syria-ceasefire-2016 syria-astana-2017-01-24 --since 2017-01-21 --as-of 2017-01-27 --known-at 2017-01-27 \
  --title "The week of the first meeting" --out "$(OUT)/astana-2017-01-27.html"
$(ASTANA) $(EXAMPLE) --since 2017-05-05 --as-of 2017-06-05 --known-at 2017-06-05 \
  --title "The first month of the memorandum" --out "$(OUT)/astana-2017-06-05.html"
$(ASTANA) $(EXAMPLE) syria-astana-6-2017 --since 2017-06-05 --as-of 2017-09-16 --known-at 2017-09-16 \
  --title "What was announced in September" --out "$(OUT)/astana-2017-09-16.html"
$(ASTANA) $(SOCHI) --since 2018-09-17 --as-of 2018-10-16 --known-at 2018-10-16 \
  --title "The days of the Sochi memorandum" --out "$(OUT)/astana-2018-10-16.html"
$(ASTANA) $(SOCHI) --since 2020-02-01 --as-of 2020-03-04 --known-at 2020-03-04 \
  --title "The eve of the Moscow protocol" --out "$(OUT)/astana-2020-03-04.html" --out "$(OUT)/astana-2020-03-04.pdf"
$(ASTANA) $(SOCHI) --since 2020-02-01 --as-of 2020-03-04 --known-at 2018-10-16 \
  --title "The eve of the Moscow protocol, as known in October 2018" --out "$(OUT)/astana-2020-03-04-known-2018-10-16.html"
endef
export EXAMPLE_REPORT ASTANA_REPORTS

report: $(RUN)
	@mkdir -p "$(OUT)"
	@rm -f "$(OUT)"/syria.db "$(OUT)"/syria.db-*
	@printf '%s\n' "$$EXAMPLE_REPORT" "$$ASTANA_REPORTS" | $(TOGETHER)

astana: $(RUN)
	@mkdir -p "$(OUT)"
	@printf '%s\n' "$$ASTANA_REPORTS" | $(TOGETHER)

picture: report $(DEV)
	$(BIN)/python docs/make_picture.py "$(OUT)/report.html" docs/report.png \
	  $(foreach day,$(DAYS),"$(OUT)/astana-$(day).html" docs/astana-$(day).png)

docs: $(DEV)
	$(BIN)/python docs/make_rules.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

test: $(DEV)
	$(BIN)/python -m pytest -n auto $(ARGS)

spark: $(DEV)
	$(BIN)/python -m pip install --quiet "pyspark>=4.0"
	$(BIN)/python -m pytest -rs tests/analytics/test_spark.py $(ARGS)

coverage: $(DEV)
	$(BIN)/python -m pytest -n auto -m "not hypothesis" $(COVERING) $(LAYERS:%=--cov=ceasefire.%) \
	  --cov-branch --cov-report=term --cov-fail-under=100 $(ARGS)

mutants: $(DEV)
	$(BIN)/python .ci/mutants.py $(ONLY)

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV)
	$(BIN)/mypy

bench: $(DEV)
	$(BIN)/python benchmarks/phase_step.py
	$(BIN)/python benchmarks/starting.py
	$(BIN)/python benchmarks/assessing.py $(SIZE)
	$(BIN)/python benchmarks/journals.py $(SIZE)
	$(BIN)/python benchmarks/keeping.py $(SIZE)
	$(BIN)/python benchmarks/reporting.py $(SIZE)
	$(BIN)/python benchmarks/analytics.py $$(( $(SIZE) * 100 ))

wheel: $(DEV)
	rm -rf dist
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	$(BIN)/python .ci/use_wheel.py dist

clean:
	rm -rf dist build mutants site "$(OUT)" .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(MADE):
	@command -v "$(PYTHON)" >/dev/null 2>&1 || \
	  { echo "ceasefire needs Python 3.11 or later, and there is no $(PYTHON): say make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info; sys.exit(None if v >= (3, 11) else "ceasefire needs Python 3.11 or later, and $(PYTHON) is %d.%d: say make PYTHON=python3.12" % v[:2])'
	"$(PYTHON)" -m venv "$(VENV)"
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"  # the first that reads dependency groups
	@touch $@

$(RUN): $(MADE) pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[pdf,report]"
	@touch $@

$(DEV): $(MADE) pyproject.toml
	$(BIN)/python -m pip install --quiet --group dev --group docs --editable ".[pdf,postgres,report,signing,testing]"
	@touch $@
