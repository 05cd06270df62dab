# The commands of EdgeVision. `make demo` and `make test` are all a newcomer needs; both install what is missing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test setup setup-test setup-bench build trainer faults models bench bench-compression bench-training soak clean

PUBLISH := artifacts/publish
EDGEVISION_DATA ?= $(abspath ../shared/data)
export EDGEVISION_DATA
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | column -ts $$'\t'

demo: build models ## camera to hub to a new model over the air, in three minutes (KEEP=1 leaves it running)
	@eng/demo.sh

test: setup-test build faults models ## every test, on the published programs
	@eng/test.sh

setup: ## install what building and running need (Debian packages, NuGet packages)
	@eng/setup.sh build

setup-test:
	@eng/setup.sh build test

setup-bench:
	@eng/setup.sh build bench

build: setup ## publish the programs to artifacts/publish/<program>/<program>
	@eng/build.sh

trainer: setup ## publish edgevision-trainer (half a gigabyte of libtorch)
	@eng/build.sh trainer

# The daemon with fault points, for tests alone.
faults: setup
	@eng/build.sh faults

models: ## put the model packages together in artifacts/models (needs EDGEVISION_DATA)
	@models/assemble.sh

bench: setup-bench build models ## the tables of figures: side by side with what people use now, and what a site hub carries
	@eng/bench.sh
	@eng/bench-hub.sh

bench-compression: build models ## networks made small and fast: accuracy, speed, size against what was promised
	@eng/bench-compression.sh

bench-training: trainer ## trainings against what was promised: smaller networks, 8 bits
	@eng/bench-training.sh

soak: setup-test build faults models ## the long forms of the tests (camera restarts, model swaps, kills at every place of an update, fuzzing)
	@EDGEVISION_SOAK_CYCLES=50 eng/test.sh

clean: ## remove everything that was built
	rm -rf artifacts
	find . -name node_modules -prune -exec rm -rf {} +
