# From a fresh clone: `make demo` shows Vivier, `make test` proves it. Needs python3 (3.11 or newer), venv, make and git.
# ARGS goes to the command: make demo ARGS="--port 8001", make test ARGS="tests/cli -x".

# The Python of the system, if it will do, else the first one in PATH: distributions build theirs with the measures of a
# training run, what somebody compiled often comes without: the tests take a tenth longer then (ADR 12).
PYTHON ?= $(or $(shell command -p python3 -I -c $(WILL_DO) 2> /dev/null && command -p -v python3),python3)
WILL_DO := "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))"
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-compile --root-user-action=ignore

# The stamps carry the folder: a checkout that was moved or copied links itself anew.
HERE := $(shell pwd -P | cksum | cut -d " " -f 1)
BASE := .venv/base-$(HERE).stamp
DEV := .venv/dev-$(HERE).stamp
BENCH := .venv/bench-$(HERE).stamp
BENCH_WORDING := .venv/bench-wording-$(HERE).stamp
AUDIT := .venv/audit-$(HERE).stamp
CLUSTER := .venv/cluster-$(HERE).stamp

# Python reads its own byte code: without it each of a demonstration's processes takes a second more to start. All cores
# write it here, pip would use one. A package may hold files for another Python: what does not compile is left.
COMPILE := $(BIN)/python -m compileall -qq -j 0 vivier .venv/lib || :

# Settings of somebody else's Python must not decide where ours is installed, nor that it starts slowly.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE PIP_USER PIP_TARGET PIP_PREFIX VIRTUAL_ENV

.PHONY: help setup setup-audit setup-cluster demo serve test test-deep lint bench bench-matching bench-wording clean

help:
	@echo "make setup   installe Vivier dans .venv"
	@echo "make demo    installe et ouvre la démonstration sur http://localhost:8000"
	@echo "make serve   ouvre le site"
	@echo "make test    lance tous les tests"
	@echo "make test-deep   les mêmes, plus loin : dix fois plus d’essais au hasard, et les variantes"
	@echo "make lint    vérifie le code"
	@echo "make bench   mesure les temps"
	@echo "make bench-matching   compare l’appariement à d’autres solveurs"
	@echo "make bench-wording    compare la relecture d’annonces à d’autres moteurs"
	@echo "make setup-audit      ajoute ce qu’il faut à « vivier wording audit »"
	@echo "make setup-cluster    ajoute Daft et Ray, pour auditer sur une grappe"
	@echo "make clean   efface ce que les autres commandes ont installé, sauf les données (var/)"

setup: $(BASE)
	@:

setup-audit: $(AUDIT)
	@:

setup-cluster: $(CLUSTER)
	@:

demo: $(BASE)
	@$(BIN)/vivier demo $(ARGS)

serve: $(BASE)
	@$(BIN)/vivier serve $(ARGS)

test: $(DEV)
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-deep: export VIVIER_DEPTH ?= 10
test-deep: test
	@:

lint: $(DEV)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Mise en forme à refaire : $(BIN)/ruff format ." >&2; exit 1; }
	@said=$$($(BIN)/lint-imports 2>&1) || { echo "$$said" >&2; exit 1; }
	@# No database is needed to compare models with migrations: an address that leads nowhere keeps it so.
	@said=$$(PYTHONWARNINGS=ignore DJANGO_SETTINGS_MODULE=vivier.config.settings.test \
		DATABASE_URL="postgresql:///none?host=/nonexistent" \
		$(BIN)/vivier manage makemigrations --check --dry-run 2>&1) || { echo "$$said" >&2; exit 1; }

bench: $(DEV)
	@$(BIN)/python -m benchmarks $(ARGS)

bench-matching: $(BENCH)
	@$(BIN)/python -m benchmarks.matching $(ARGS)

bench-wording: $(BENCH_WORDING)
	@$(BIN)/python -m benchmarks.wording $(ARGS)

# var/ holds data: it stays.
clean:
	@rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find vivier tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BASE): requirements/base.txt vivier/cli/link.py
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		{ echo "Vivier demande Python 3.11 ou plus récent : make PYTHON=/chemin/de/python3" >&2; exit 1; }
	@$(BIN)/python -c "import pip" 2> /dev/null || $(PYTHON) -m venv --clear .venv || \
		{ echo "Il manque le module venv de Python : apt install python3-venv" >&2; exit 1; }
	@echo "Installation des paquets de Vivier (une seule fois)…" >&2
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(BIN)/python -I vivier/cli/link.py
	@$(COMPILE)
	@echo "Compilation du moteur d’appariement (une seule fois)…" >&2
	@$(BIN)/python -m vivier.engines.matching.warm_up
	@touch $@

$(DEV): requirements/dev.txt $(BASE)
	@echo "Installation des outils de test (une seule fois)…" >&2
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(COMPILE)
	@touch $@

$(BENCH): requirements/bench.txt $(BASE)
	@echo "Installation des solveurs de comparaison (une seule fois)…" >&2
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

$(BENCH_WORDING): requirements/bench-wording.txt $(BASE)
	@echo "Installation des moteurs de comparaison (une seule fois)…" >&2
	@$(PIP) --require-hashes -r requirements/bench-wording.txt
	@touch $@

$(AUDIT): requirements/audit.txt $(BASE)
	@echo "Installation de ce qu’il faut à l’audit (une seule fois)…" >&2
	@$(PIP) --require-hashes -r requirements/audit.txt
	@touch $@

$(CLUSTER): requirements/cluster.txt $(AUDIT)
	@echo "Installation de Daft et de Ray (une seule fois)…" >&2
	@$(PIP) --require-hashes -r requirements/cluster.txt
	@touch $@
