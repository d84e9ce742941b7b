# make demo | make test | make check | make bench: the whole interface of this repository.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo demo-outbound test check shipped bench lock clean
help:
	@echo "make demo           a keyless phone call on this machine: see it, hear it in demo-call.wav"
	@echo "make demo-outbound  the same, but the bot rings somebody: demo-outbound-call.wav"
	@echo "make test           all tests, offline"
	@echo "make check          formatting, lint, types"
	@echo "make bench          latency, capacity and hearing beside a plain reference bot"

# The environment is as old as the lock it was made from: a changed lock installs again. A lock is
# complete, so nothing is resolved: an old pip would look at newer releases for `package[extra]`.
.venv: $(VENV)/installed
$(VENV)/installed: requirements-dev.lock
	@echo "Preparing $(VENV) (about 700 MB, a minute or two) ..."
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
	    echo "This needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is another one."; \
	    echo "Name the right one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m simulator.install requirements-dev.lock
	@cp requirements-dev.lock $@

# Calls are played in real time, from both ends: on a machine that falls behind one may fail without
# a fault of the bot's. So what fails beside others runs once more, alone; it has to pass then.
test: .venv
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder || \
	    $(BIN)/python -m pytest --last-failed --last-failed-no-failures none

check: .venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The two bots as they come, for CI: once they are yours, nothing above looks at them.
SHIPPED := inbound/bot.py outbound/bot.py $(wildcard tests/shipped/*.py)
shipped: .venv
	$(BIN)/ruff format --check $(SHIPPED)
	$(BIN)/ruff check $(SHIPPED)
	$(BIN)/mypy $(SHIPPED)
	$(BIN)/python -m pytest tests/shipped

bench: .venv
	$(BIN)/python -m benchmarks

demo demo-outbound: .venv
	@$(BIN)/python -m simulator $@ $(if $(ONCE),--once)

# Needs uv. The universal resolution holds for every supported Python and platform.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --quiet
# All but those whose models run on the machine itself.
PROVIDERS := sarvam google azure elevenlabs soniox
lock:
	$(LOCK) --extra postgres -o requirements.lock
	$(LOCK) --extra postgres --extra demo --extra dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --extra postgres --extra demo --extra dev $(PROVIDERS:%=--extra %) \
	    -c requirements-dev.lock -o requirements-providers.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
