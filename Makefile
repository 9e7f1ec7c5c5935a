# Two or three plain commands each; README shows the same for Windows, uv and conda.
PYTHON ?= python3.11
LANGUAGE ?= en
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# Two processes on two cores: threads of one would wait for those of the other.
ALONE := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
# pip goes through the mirror that is set up for it; uv takes half the time: make … INSTALL=uv
INSTALL ?= pip
ifeq ($(INSTALL),uv)
ADD := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
UV := $(BIN)/uv
else
ADD := $(BIN)/pip install --quiet
endif

.PHONY: run lab test test-all test-windows build read clean

run: $(READY)  ## run every lesson in both languages; results under build/
	$(BIN)/course run

lab: $(READY)  ## open the lessons in JupyterLab, on a working copy: make lab LANGUAGE=zh PORT=8899
	$(BIN)/course lab --language $(LANGUAGE) $(if $(PORT),--port $(PORT))

test: $(READY_DEV)  ## every test that pip alone can serve
	$(ALONE) $(BIN)/python -m pytest -m "not browser and not java" -n 2 --dist loadfile --no-loadscope-reorder

test-all: $(READY_DEV)  ## the same and what needs Debian's chromium, Java and LibreOffice (packages: .ci/run)
	$(ALONE) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=40

test-windows: $(READY_DEV)  ## the folder for Windows under wine (packages: docs/windows.md); what held is written there
	$(BIN)/python benchmarks/windows.py --out docs/windows.md

build: $(READY)  ## course/ → notebooks/
	$(BIN)/course build

read: $(READY)  ## lesson 05 as it reads after it ran, for visitors of the repository: docs/read/
	$(BIN)/course run 05_servqual
	for language in en zh; do sed "s|](\([0-9a-z_]*\.ipynb\))|](../../../notebooks/$$language/\1)|g" \
		build/$$language/05_servqual.ipynb > docs/read/$$language/05_servqual.ipynb; done

clean:
	rm -rf build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The release that the lock names, with its hash.
$(BIN)/uv: | $(VENV)/bin/python
	sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > $(VENV)/uv.lock
	$(BIN)/pip install --quiet --require-hashes --requirement $(VENV)/uv.lock

$(READY): requirements.lock requirements-research.lock pyproject.toml | $(VENV)/bin/python $(UV)
	$(ADD) --require-hashes --requirement requirements.lock --requirement requirements-research.lock
	$(ADD) --no-deps --no-build-isolation --editable .
	touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	$(ADD) --require-hashes --requirement requirements-dev.lock
	touch $@
