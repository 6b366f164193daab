# Everything runs from the clone: environment in .venv/, data in var/ (HAVRE_VAR names another folder).
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
ARGS ?=
export HOST PORT

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset install run stop test test-fast test-rest test-all coverage snapshots schema quality fix bench lock python demo-env test-env

help: ## Cette liste
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: python ## Le réseau fictif dans votre navigateur (HOST et PORT choisissent l’adresse ; Ctrl-C arrête tout)
	@$(PYTHON) -m tools.demo

demo-reset: python ## Efface les données de la démonstration et recommence
	@$(PYTHON) -m tools.demo --reset

install: python ## L’environnement complet de développement
	@$(PYTHON) -m tools.environment quality

run: install ## Le serveur de développement, qui suit vos modifications
	@$(VENV) manage.py migrate --noinput
	@$(VENV) manage.py createcachetable
	@$(VENV) manage.py sync_roles
	@DEBUG=1 BASE_URL=$${BASE_URL:-http://$(HOST):$(PORT)} $(VENV) manage.py runserver $(HOST):$(PORT)

stop: demo-env ## Arrête PostgreSQL s’il tourne encore
	@$(VENV) -m tools.pg stop
	@$(VENV) -m tools.pg stop --tests

test: test-env ## Les tests, et un échantillon de ce qui est engendré (ARGS="tests/cases -k nom" en choisit)
	@$(VENV) -m tools.run_tests -n $(WORKERS) --dist worksteal $(ARGS)

test-fast: test-env ## Les tests du travail quotidien : ni navigateur, ni processus tués, ni parcours
	@$(VENV) -m tools.run_tests -n $(WORKERS) --dist worksteal -m "not browser and not slow" $(ARGS)

test-rest: test-env ## Ce que « make test » échantillonne, en entier, puis l’horloge à des instants difficiles
	@$(VENV) -m tools.test_all -n $(WORKERS) --dist worksteal $(ARGS)

test-all: test test-rest ## Tout

coverage: test-env ## Les tests, avec les lignes et les branches que rien n’exerce
	@$(VENV) -m tools.run_tests -n $(WORKERS) --dist worksteal --cov --cov-report=term-missing:skip-covered $(ARGS)

snapshots: test-env ## Réécrit les instantanés des tests : à relire avant de les valider
	@$(VENV) -m tools.run_tests --snapshot-update $(ARGS)

schema: install ## Réécrit schema.sql d’après les migrations (quelques minutes)
	@$(VENV) -m tools.schema

quality: install ## Code, gabarits, imports, types, migrations, paquets, réglages de production
	@$(VENV) -m tools.quality

fix: install ## Corrige ce qui peut l’être tout seul
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

bench: test-env ## Les mesures de vitesse
	@$(VENV) -m benchmarks $(ARGS)

lock: install ## Recalcule requirements/*.txt d’après pyproject.toml, puis l’inventaire des paquets et leurs licences
	@$(VENV) -m tools.lock $(ARGS)
	@$(PYTHON) -m tools.environment quality
	@$(VENV) -m tools.sbom

python:
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.11, 3.12 ou 3.13 (commande python3) : installez-le, puis relancez make."; exit 1; }

demo-env: python
	@$(PYTHON) -m tools.environment demo

test-env: python
	@$(PYTHON) -m tools.environment test
