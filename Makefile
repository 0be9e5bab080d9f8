# Every command of the project. `make demo` and `make test` do all the set-up themselves,
# on a machine that has Rust, Python 3.10 or newer and a C compiler.

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11 python3.10,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && echo $(p))))
# Relative, as make takes a path with a space in it for two.
VENV := .venv
PY := $(VENV)/bin/python
STEP := $(PY) scripts/step.py
PYTEST := $(PY) -m pytest -q
# A process that has no tests left takes some of another's: a few are far longer than the rest.
SPREAD := -n auto --dist worksteal
RUST := $(shell find src -name '*.rs') Cargo.toml Cargo.lock pyproject.toml
# What is loaded at need: packages of their own, which do not depend on the one above.
EXTENSIONS := $(shell find extensions -name '*.rs' -o -name '*.toml') extensions/Cargo.lock src/python/interpreter.rs scripts/build_backend.py
IN_EXTENSIONS := --manifest-path extensions/Cargo.toml --target-dir target/extensions --locked
# The benchmarks of the Rust core are a package of their own. Not in ./target, where their build of the package, which
# has no Python in it, would be taken for the extension.
RUST_BENCHES := --manifest-path benches/rust/Cargo.toml --target-dir target/benches --locked
RIVALS := PYTHONPATH=python .cache/bench/rivals/bin/python
EXAMPLES := .cache/examples/bin/python
ENGINES := PYTHONPATH=examples/engines $(EXAMPLES) benches/engines.py
GENERATORS := $(sort $(wildcard scripts/generate_*.py)) scripts/record_golden.py

# The keys, regions and profiles of whoever runs this bear on nothing here.
unexport $(filter AWS_%,$(.VARIABLES))
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# One interpreter for every cargo command, so that none of them rebuilds what another built.
export PYO3_PYTHON := $(CURDIR)/$(PY)
# How many examples hypothesis makes: dev, ci or long.
export HYPOTHESIS_PROFILE ?= ci
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test test-rust test-python test-beside test-apps test-ceph check-instructions count-instructions bench bench-quick bench-record \
	bench-rust bench-plots bench-leaks bench-engines lint format types build wheel lambda examples test-examples generate check-generated \
	matrix lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-19s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.built ## upload, download and be refused, with presigned URLs, at a real S3 server
	@$(PY) scripts/demo.py

test: .cache/.valgrind $(VENV)/.locked ## everything below but ceph and matrix; what fails fast comes first
	@$(STEP) --start
	@$(MAKE) --no-print-directory lint check-generated test-rust build check-instructions types test-python test-examples
	@$(STEP) --total

lint: $(VENV)/.locked ## formatting, clippy, ruff
	@$(STEP) "cargo fmt" cargo fmt --check
	@$(STEP) "cargo fmt, benchmarks" cargo fmt --manifest-path benches/rust/Cargo.toml --check
	@$(STEP) "ruff format" $(PY) -m ruff format --check .
	@$(STEP) "ruff check" $(PY) -m ruff check .
	@$(STEP) "clippy" cargo clippy --locked --all-targets --all-features -- -D warnings
	@$(STEP) "cargo fmt, extensions" cargo fmt --manifest-path extensions/Cargo.toml --all --check
	@$(STEP) "clippy, extensions" cargo clippy $(IN_EXTENSIONS) --all-targets --all-features -- -D warnings
	@$(STEP) "clippy, benchmarks" cargo clippy $(RUST_BENCHES) --all-targets -- -D warnings

format: $(VENV)/.locked ## format Rust and Python
	@cargo fmt
	@cargo fmt --manifest-path benches/rust/Cargo.toml
	@cargo fmt --manifest-path extensions/Cargo.toml --all
	@$(PY) -m ruff check --quiet --select I --fix .
	@$(PY) -m ruff format --quiet .

test-rust: .cache/.botocore-tests ## unit tests, golden cases, laws and layers of the Rust core
	@$(STEP) "cargo test" cargo test --locked --quiet
	@$(STEP) "cargo test, extensions" cargo test $(IN_EXTENSIONS) --workspace --quiet

types: $(VENV)/.built ## mypy strict, pyright's completeness, the stub against the extension
	@$(STEP) "mypy" $(PY) -m mypy
	@$(STEP) "pyright --verifytypes" $(PY) -m pyright --verifytypes presigned --ignoreexternal
	@$(STEP) "stubtest" $(PY) -m mypy.stubtest presigned --mypy-config-file pyproject.toml --allowlist tests/python/typed/stubtest.txt

test-python: $(VENV)/.built .cache/.botocore-tests ## unit tests, sources of keys, parity with boto3, random programs, SeaweedFS
	@$(STEP) "pytest unit" $(PYTEST) tests/python/unit
	@$(STEP) "pytest credentials" $(PYTEST) $(SPREAD) tests/python/credentials
	@$(STEP) "pytest promotion" $(PYTEST) $(SPREAD) tests/python/promotion
	@$(STEP) "pytest stateful" $(PYTEST) $(SPREAD) tests/python/stateful
	@$(STEP) "pytest parity" $(PYTEST) $(SPREAD) tests/python/parity
	@$(STEP) "pytest in place" $(PYTEST) $(SPREAD) tests/python/inplace
	@$(STEP) "pytest server" $(PYTEST) tests/python/server

test-beside: $(VENV)/.built ## the package beside the oldest boto3, aiobotocore, aioboto3 and awscrt, each in an environment of its own
	@$(PY) scripts/beside.py

test-apps: $(VENV)/.built ## programs that use boto3: django-storages, s3fs, moto, kombu and others, with clients in place and with the import swapped
	@$(PY) scripts/beside.py apps aiobotocore suites

test-examples: lambda examples .cache/.chromium .cache/.java ## everything in examples and docs/recipes, at SeaweedFS, Lambda's runtime client, Chromium and Spark
	@$(STEP) "mypy, examples" $(PY) -m mypy --follow-imports silent --python-executable $(EXAMPLES) $(wildcard examples/*/*.py examples/*/function/*.py benches/engines.py tests/python/examples/*.py)
	@$(STEP) "pytest examples" $(EXAMPLES) -m pytest -q tests/python/examples

test-ceph: $(VENV)/.built ## the server tests again, at Ceph radosgw (Debian or Ubuntu; see tests/ceph)
	@$(STEP) --start
	@$(STEP) "pytest server, Ceph" $(PYTEST) tests/python/server --server=ceph
	@$(STEP) --total

check-instructions: .cache/.valgrind $(VENV)/.built target/benches/release/calls ## fail if a call takes more instructions than benches/instructions.json says
	@$(STEP) "instructions of each call" $(PY) benches/instructions.py

count-instructions: .cache/.valgrind $(VENV)/.built target/benches/release/calls ## write down how many instructions each call takes now
	@$(PY) benches/instructions.py --write

bench: $(VENV)/.built wheel .cache/bench/.installed .cache/bench/portable/.built ## ours beside everybody's: one call, many URLs, a process (6 minutes, best on an idle machine)
	@$(RIVALS) benches/report.py

bench-quick: $(VENV)/.built .cache/bench/.installed ## ours beside boto3's alone, in less than a minute
	@$(RIVALS) benches/report.py --quick

bench-record: bench-rust $(VENV)/.built wheel examples .cache/.java .cache/bench/.installed .cache/bench/portable/.built ## every figure and curve anew into BENCHMARKS.md and docs/benchmarks
	@$(RIVALS) benches/report.py --write
	@$(ENGINES) --write

bench-rust: $(VENV)/.locked ## the Rust core beside rusty-s3, aws-sigv4, reqsign and bare SHA-256
	@CARGO_TARGET_DIR="$(CURDIR)/target/benches" cargo bench $(RUST_BENCHES) --features rivals --bench rivals

bench-plots: $(VENV)/.built .cache/bench/.installed ## how the cost grows, drawn into docs/benchmarks
	@$(RIVALS) benches/scaling.py

bench-leaks: $(VENV)/.built ## 10 million calls in flat memory; 8 threads at one client (3 minutes)
	@$(PY) benches/leaks.py

bench-engines: examples .cache/.java ## rows a second in Spark, polars and DuckDB, beside boto3 (5 minutes)
	@$(ENGINES)

build: $(VENV)/.built ## the extension, release profile, into .venv
	@:

wheel: $(VENV)/.extensions ## the wheel that one installs elsewhere, into dist
	@$(STEP) "the wheel, into dist" $(VENV)/bin/maturin build --release --quiet --compression-level 9 --out dist

lambda: wheel ## what examples/lambda deploys, into dist/lambda
	@$(PY) examples/lambda/build.py

examples: wheel .cache/examples/.locked ## the environment of the examples, with the wheel, into .cache/examples
	@$(EXAMPLES) -m pip install --quiet --no-deps --no-index --force-reinstall --find-links dist presigned

generate: $(VENV)/.locked ## write the tables and stubs anew from the pinned botocore
	@for script in $(GENERATORS); do echo "$$script"; $(PY) "$$script" || exit 1; done

check-generated: $(VENV)/.locked ## fail if `make generate` would change a file
	@for script in $(GENERATORS); do $(STEP) "$${script#scripts/} --check" $(PY) "$$script" --check || exit 1; done

matrix: wheel ## the wheel on every Python found of 3.10, 3.12, 3.13 and 3.14; names those missing
	@HYPOTHESIS_PROFILE=dev $(PY) scripts/matrix.py

lock: $(VENV)/.locked ## pin each requirements-*.in anew into its .txt
	@$(PY) -m pip install --quiet uv
	@for name in dev bench bench-aiobotocore beside-oldest beside-aiobotocore beside-aioboto3 beside-awscrt beside-apps beside-suites examples; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.10 --generate-hashes \
			--custom-compile-command "make lock" --output-file requirements-$$name.txt requirements-$$name.in || exit 1; done

clean: ## remove what the commands above made
	rm -rf .venv .cache dist target python/presigned/*.so

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.10 or newer is needed and was not found: install it, or say PYTHON=/path/to/python3" >&2; exit 1; }
	@command -v cargo >/dev/null || { echo "Rust is needed: cargo was not found (https://rustup.rs)" >&2; exit 1; }
	@command -v cc >/dev/null || { echo "A C compiler is needed: cc was not found (Debian and Ubuntu: apt-get install gcc libc6-dev)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module (Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.locked: requirements-dev.txt | $(VENV)/bin/python
	@$(STEP) "development tools, into .venv" $(PY) -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# The names of functions are kept, by which callgrind and perf tell them apart; the wheel is without them.
$(VENV)/.built: $(RUST) $(VENV)/.locked $(VENV)/.extensions
	@CARGO_PROFILE_RELEASE_STRIP=none $(STEP) "the extension, release profile, into .venv" $(VENV)/bin/maturin develop --release --quiet
	@touch $@

$(VENV)/.extensions: $(EXTENSIONS) $(VENV)/.locked
	@$(STEP) "what is loaded at need, release profile" $(PY) scripts/build_backend.py
	@touch $@

# What counts instructions, on the processor and system that they are written down for.
.cache/.valgrind: | $(VENV)/bin/python
	@mkdir -p .cache
	@$(PY) benches/instructions.py --can-count || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "valgrind, by apt-get" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends valgrind"; }
	@touch $@

# botocore's published test cases, which its wheel lacks.
.cache/.botocore-tests: scripts/fetch_botocore_tests.py $(VENV)/.locked
	@$(STEP) "botocore's published test cases" $(PY) scripts/fetch_botocore_tests.py
	@touch $@

target/benches/release/calls: $(RUST) $(wildcard benches/rust/src/*.rs tests/model_support/*.rs) benches/rust/Cargo.lock | $(VENV)/.locked
	@$(STEP) "the program whose instructions are counted" cargo build --release $(RUST_BENCHES) --bin calls
	@touch $@

.cache/examples/.locked: requirements-examples.txt | $(VENV)/bin/python
	@$(PY) -m venv --clear .cache/examples
	@$(STEP) "what the examples use, into .cache/examples" $(EXAMPLES) -m pip install --quiet --require-hashes -r requirements-examples.txt
	@touch $@

# The browser that uploads. It is not skipped where it is missing: the tests fail and say so.
.cache/.chromium: | $(VENV)/bin/python
	@mkdir -p .cache
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "chromium, by apt-get" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core"; } || \
		{ echo "Chromium is needed and was not found (Debian and Ubuntu: apt-get install chromium)" >&2; exit 1; }
	@touch $@

# What Spark runs on, 17 or newer; the same.
.cache/.java: | $(VENV)/bin/python
	@mkdir -p .cache
	@java -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])' || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "java, by apt-get" sh -c 'apt-get update -qq && for version in 21 17; do \
			apt-get install -qq -y --no-install-recommends openjdk-$$version-jre-headless && exit; done; exit 1'; } || \
		{ echo "Java 17 or newer is needed and was not found (Debian and Ubuntu: apt-get install openjdk-17-jre-headless)" >&2; exit 1; }
	@touch $@

# What we are timed beside, in environments of their own.
.cache/bench/.installed: benches/install.py requirements-bench.txt requirements-bench-aiobotocore.txt | $(VENV)/.locked
	@$(PY) benches/install.py
	@touch $@

# Ours as a processor without SHA instructions runs it.
.cache/bench/portable/.built: $(RUST) $(shell find python -name '*.py') | $(VENV)/.extensions
	@RUSTFLAGS='--cfg sha2_backend="soft"' $(STEP) "the extension with portable SHA-256, for comparison" \
		$(VENV)/bin/maturin build --release --quiet --features python --target-dir target/portable --out target/portable/wheels
	@$(PY) -m pip install --quiet --no-deps --upgrade --target $(@D) target/portable/wheels/*.whl
	@touch $@
