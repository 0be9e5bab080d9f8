# Every command of the project. `make demo` and `make test` do all the set-up themselves,
# on a machine that has Rust, Python 3.10 or newer and a C compiler.

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11 python3.10,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && echo $(p))))
# Relative, as make takes a path with a space in it for two.
VENV := .venv
PY := $(VENV)/bin/python
STEP := $(PY) scripts/step.py
PYTEST := $(PY) -m pytest -q
# Two folders of tests run at a time, each with half of the processors. If that is one, no process sends its results to
# another, which takes a third of the time of a small test. A process that has no tests left takes some of another's.
SPREAD := $(shell half=$$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) / 2 )); \
	[ $$half -lt 2 ] || echo "-n $$half --dist worksteal")
# The longest first, so that both processors are busy to the end.
FOLDERS := parity inplace stateful unit credentials promotion links tokens cloudfront server
RUST := $(shell find src -name '*.rs' -o -name '*.txt') extensions/interpreter.rs Cargo.toml Cargo.lock pyproject.toml
# The extensions that are loaded when needed. They do not depend on the crate above.
EXTENSIONS := $(shell find extensions -name '*.rs' -o -name '*.toml') extensions/Cargo.lock scripts/build_backend.py
IN_EXTENSIONS := --manifest-path extensions/Cargo.toml --target-dir target/extensions --locked
# The benchmarks of the Rust core are a separate package. They do not use ./target: there, their build of the crate
# without Python would replace the extension.
RUST_BENCHES := --manifest-path benches/rust/Cargo.toml --target-dir target/benches --locked
RIVALS := PYTHONPATH=python .cache/bench/rivals/bin/python
EXAMPLES := .cache/examples/bin/python
ENGINES := PYTHONPATH=examples/engines $(EXAMPLES) benches/engines.py
GENERATORS := $(sort $(wildcard scripts/generate_*.py)) scripts/record_golden.py scripts/record_tokens.py

# The credentials, regions and profiles of the user do not affect any command.
unexport $(filter AWS_%,$(.VARIABLES))
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# All cargo commands use one interpreter, so that none rebuilds the work of another.
export PYO3_PYTHON := $(CURDIR)/$(PY)
# How many examples hypothesis makes: dev, ci or long.
export HYPOTHESIS_PROFILE ?= ci
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
# One target after another, except where a recipe asks for two at a time: a download, a linker and a test that waits
# for a server each leave a core idle.
ifndef TWO_AT_A_TIME
.NOTPARALLEL:
endif
IN_PAIRS := $(MAKE) --no-print-directory --jobs=2 --output-sync=line TWO_AT_A_TIME=1
# What `make test` runs beside the examples: CI adds the tests of other projects.
ALSO ?=
.DELETE_ON_ERROR:
.PHONY: help demo test test-rust test-python test-beside test-suites test-apps test-ceph check-instructions count-instructions bench bench-quick bench-record \
	bench-rust bench-plots bench-leaks bench-engines lint format types build wheel wheels sdist test-sdist lambda examples test-examples generate check-generated \
	matrix lock clean $(FOLDERS:%=pytest-%)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-19s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.built ## upload, download and be refused, with presigned URLs, at a real S3 server
	@$(PY) scripts/demo.py

test: $(VENV)/.locked ## all checks and tests except ceph, beside, suites, apps and matrix
	@$(STEP) --start
	@$(MAKE) --no-print-directory lint
	@$(IN_PAIRS) check-generated build test-rust .cache/examples/.locked wheel .cache/.valgrind .cache/.chromium .cache/.java .cache/.nginx \
		.cache/uppy/.installed .cache/.token-servers target/benches/release/calls
	@$(IN_PAIRS) $(ALSO) $(FOLDERS:%=pytest-%) test-examples types check-instructions
	@$(STEP) --total

lint: $(VENV)/.locked ## formatting, clippy, ruff, which Python room imports which
	@$(STEP) "cargo fmt" cargo fmt --check
	@$(STEP) "cargo fmt, benchmarks" cargo fmt --manifest-path benches/rust/Cargo.toml --check
	@$(STEP) "ruff format" $(PY) -m ruff format --check .
	@$(STEP) "ruff check" $(PY) -m ruff check .
	@$(STEP) "import-linter" env PYTHONPATH=python $(VENV)/bin/lint-imports --no-cache
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

types: $(VENV)/.built ## mypy strict, pyright --verifytypes, stubtest
	@$(STEP) "mypy" $(PY) -m mypy
	@$(STEP) "pyright --verifytypes" $(PY) -m pyright --verifytypes presigned --ignoreexternal
	@$(STEP) "stubtest" $(PY) -m mypy.stubtest presigned --mypy-config-file pyproject.toml --allowlist tests/python/typed/stubtest.txt

test-python: $(VENV)/.built .cache/.botocore-tests ## unit tests, sources of credentials, parity with boto3, random programs, SeaweedFS
	@$(IN_PAIRS) $(FOLDERS:%=pytest-%)

# The tests of `server` share one server.
$(FOLDERS:%=pytest-%): pytest-%: $(VENV)/.built .cache/.botocore-tests
	@$(STEP) "pytest $*" $(PYTEST) $(if $(filter server,$*),,$(SPREAD)) tests/python/$*

test-beside: $(VENV)/.built ## the package with the oldest boto3, aiobotocore, aioboto3, awscrt and tracing products, each in its own environment
	@$(PY) scripts/beside.py

test-suites: $(VENV)/.built ## the tests of moto, kombu and s3path, with boto3 and with presigned in its place: each outcome is compared
	@$(PY) scripts/beside.py suites

test-apps: $(VENV)/.built ## programs that use boto3: django-storages, s3fs, moto, kombu and others, with clients in place and with the import swapped
	@$(PY) scripts/beside.py apps aiobotocore suites

test-examples: lambda examples .cache/.chromium .cache/.java .cache/uppy/.installed .cache/.token-servers ## everything in examples and docs/recipes, at SeaweedFS, Lambda's runtime client, Chromium, Spark, PostgreSQL, Redis and mosquitto
	@$(STEP) "mypy, examples" $(PY) -m mypy --follow-imports silent --python-executable $(EXAMPLES) $(wildcard examples/*/*.py examples/*/function/*.py benches/engines.py tests/python/examples/*.py)
	@$(STEP) "pytest examples" $(EXAMPLES) -m pytest -q tests/python/examples

test-ceph: $(VENV)/.built ## the server tests again, at Ceph radosgw (Debian or Ubuntu; see tests/ceph)
	@$(STEP) --start
	@$(STEP) "pytest server, Ceph" $(PYTEST) tests/python/server --server=ceph
	@$(STEP) --total

check-instructions: .cache/.valgrind $(VENV)/.built target/benches/release/calls ## fail if a call takes more instructions than benches/instructions.json says
	@$(STEP) "instructions of each call" $(PY) benches/instructions.py

count-instructions: .cache/.valgrind $(VENV)/.built target/benches/release/calls ## write the instructions of each call into benches/instructions.json
	@$(PY) benches/instructions.py --write

bench: $(VENV)/.built wheel .cache/bench/.installed .cache/bench/portable/.built ## presigned and similar libraries: calls, many URLs, a process (5 minutes; best on an idle machine)
	@$(RIVALS) benches/report.py

bench-quick: $(VENV)/.built .cache/bench/.installed ## presigned and boto3 only, in less than a minute
	@$(RIVALS) benches/report.py --quick

bench-record: bench-rust $(VENV)/.built wheel examples .cache/.java .cache/bench/.installed .cache/bench/portable/.built ## measure every figure and curve, and write them into docs/BENCHMARKS.md and docs/benchmarks
	@$(RIVALS) benches/report.py --write
	@$(ENGINES) --write

bench-rust: $(VENV)/.locked ## the Rust core, rusty-s3, aws-sigv4, reqsign and bare SHA-256
	@CARGO_TARGET_DIR="$(CURDIR)/target/benches" cargo bench $(RUST_BENCHES) --features rivals --bench rivals

bench-plots: $(VENV)/.built .cache/bench/.installed ## how the cost grows, drawn into docs/benchmarks
	@$(RIVALS) benches/scaling.py

bench-leaks: $(VENV)/.built ## the memory of 10 million calls; 8 threads with one client (3 minutes)
	@$(PY) benches/leaks.py

bench-engines: examples .cache/.java ## rows per second in Spark, polars and DuckDB, also with boto3 (5 minutes)
	@$(ENGINES)

build: $(VENV)/.built ## the extension, release profile, into .venv
	@:

wheel: $(VENV)/.extensions ## the wheel for machines like this one, into dist
	@$(STEP) "the wheel, into dist" $(VENV)/bin/maturin build --release --quiet --compression-level 9 --out dist

wheels: .cache/wheels/.built ## a wheel for every Linux: glibc 2.17 and musl, x86-64 and ARM; each tested; into dist/wheels (40 minutes)
	@:

sdist: $(VENV)/.locked ## the source distribution, into dist
	@$(STEP) "source distribution, into dist" env PYTHONPATH=scripts $(PY) -c "import build_backend; build_backend.build_sdist('dist')"

test-sdist: sdist ## install the source distribution without a network, from crates of `cargo vendor` (Linux, as `make wheels`)
	@$(PY) scripts/check_sdist.py

# The layers are made of the wheels for every Linux, if these are of today's sources.
lambda: wheel ## what examples/lambda deploys, into dist/lambda
	@if $(MAKE) --question --no-print-directory .cache/wheels/.built; then \
		$(PY) examples/lambda/build.py dist/wheels; else $(PY) examples/lambda/build.py; fi

examples: wheel .cache/examples/.locked ## the environment of the examples, with the wheel, into .cache/examples
	@$(EXAMPLES) -m pip install --quiet --no-deps --no-index --force-reinstall --find-links dist presigned

generate: $(VENV)/.locked ## write the tables and stubs from the pinned botocore
	@for script in $(GENERATORS); do echo "$$script"; $(PY) "$$script" || exit 1; done

check-generated: $(VENV)/.locked ## fail if `make generate` would change a file
	@for script in $(GENERATORS); do $(STEP) "$${script#scripts/} --check" $(PY) "$$script" --check || exit 1; done

matrix: wheel ## the wheel with each of Python 3.10, 3.12, 3.13 and 3.14 that this machine has
	@HYPOTHESIS_PROFILE=dev $(PY) scripts/matrix.py

lock: $(VENV)/.locked ## pin the packages of each requirements/*.in in its .txt
	@$(PY) -m pip install --quiet uv
	@for file in requirements/*.in; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.10 --generate-hashes \
			--custom-compile-command "make lock" --output-file "$${file%.in}.txt" "$$file" || exit 1; done

clean: ## remove everything that the commands above made
	rm -rf .venv .cache dist target python/presigned/*.so

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.10 or newer is needed and was not found: install it, or say PYTHON=/path/to/python3" >&2; exit 1; }
	@command -v cargo >/dev/null || { echo "Rust is needed: cargo was not found (https://rustup.rs)" >&2; exit 1; }
	@command -v cc >/dev/null || { echo "A C compiler is needed: cc was not found (Debian and Ubuntu: apt-get install gcc libc6-dev)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv module (Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.locked: requirements/dev.txt | $(VENV)/bin/python
	@$(STEP) "development tools, into .venv" $(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.built: $(RUST) $(VENV)/.locked $(VENV)/.extensions
	@$(STEP) "the extension, with symbols, into .venv" $(VENV)/bin/maturin develop --profile symbols --quiet
	@touch $@

$(VENV)/.extensions: $(EXTENSIONS) $(VENV)/.locked
	@$(STEP) "the extensions that are loaded when needed, release profile" $(PY) scripts/build_backend.py
	@touch $@

# valgrind, which counts instructions, on the processor and system of benches/instructions.json. apt-get serves one
# caller at a time: what it installs comes one after another.
.cache/.valgrind: | $(VENV)/bin/python
	@mkdir -p .cache
	@$(PY) benches/instructions.py --can-count || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "valgrind, by apt-get" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends valgrind"; }
	@touch $@

# botocore's published test cases, which its wheel does not contain.
.cache/.botocore-tests: scripts/fetch_botocore_tests.py $(VENV)/.locked
	@$(STEP) "botocore's published test cases" $(PY) scripts/fetch_botocore_tests.py
	@touch $@

target/benches/release/calls: $(RUST) $(wildcard benches/rust/src/*.rs tests/model_support/*.rs) benches/rust/Cargo.lock | $(VENV)/.locked
	@$(STEP) "the program whose instructions are counted" cargo build --release $(RUST_BENCHES) --bin calls
	@touch $@

.cache/examples/.locked: requirements/examples.txt | $(VENV)/bin/python
	@$(PY) -m venv --clear .cache/examples
	@$(STEP) "packages of the examples, into .cache/examples" $(EXAMPLES) -m pip install --quiet --require-hashes -r requirements/examples.txt
	@touch $@

# The browser that uploads. The tests do not skip if it is missing: they fail and say so.
.cache/.chromium: | $(VENV)/bin/python .cache/.valgrind
	@mkdir -p .cache
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "chromium, by apt-get" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core"; } || \
		{ echo "Chromium is needed and was not found (Debian and Ubuntu: apt-get install chromium)" >&2; exit 1; }
	@touch $@

# Uppy, which the tests of docs/UPLOADS.md run in the browser, and esbuild, which bundles it.
.cache/uppy/.installed: tests/python/examples/uppy/package-lock.json | $(VENV)/bin/python .cache/.nginx
	@command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "npm, by apt-get" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends npm"; } || \
		{ echo "npm is needed and was not found (Debian and Ubuntu: apt-get install npm)" >&2; exit 1; }
	@mkdir -p $(@D)
	@cp tests/python/examples/uppy/package.json tests/python/examples/uppy/package-lock.json $(@D)
	@$(STEP) "Uppy, into .cache/uppy" npm ci --prefix $(@D) --silent --no-audit --no-fund
	@touch $@

# Java 17 or newer, which Spark needs; the same.
.cache/.java: | $(VENV)/bin/python .cache/.chromium
	@mkdir -p .cache
	@java -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])' || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "java, by apt-get" sh -c 'apt-get update -qq && for version in 21 17; do \
			apt-get install -qq -y --no-install-recommends openjdk-$$version-jre-headless && exit; done; exit 1'; } || \
		{ echo "Java 17 or newer is needed and was not found (Debian and Ubuntu: apt-get install openjdk-17-jre-headless)" >&2; exit 1; }
	@touch $@

# The proxy before S3 in the tests of public hosts; the same.
.cache/.nginx: | $(VENV)/bin/python .cache/.java
	@mkdir -p .cache
	@PATH="$$PATH:/usr/sbin"; command -v nginx >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "nginx, by apt-get" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends nginx-light"; } || \
		{ echo "nginx is needed and was not found (Debian and Ubuntu: apt-get install nginx-light)" >&2; exit 1; }
	@touch $@

# The servers that take tokens as passwords, and kubectl; the same.
TOKEN_SERVERS := for program in openssl pg_ctl redis-server mosquitto kubectl; do command -v $$program >/dev/null || \
	{ [ $$program = redis-server ] && command -v valkey-server >/dev/null; } || exit 1; done
.cache/.token-servers: | $(VENV)/bin/python .cache/uppy/.installed
	@PATH="$$PATH:/usr/sbin:$$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tr '\n' ':')"; ($(TOKEN_SERVERS)) || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		$(STEP) "servers that take tokens, by apt-get" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends \
			openssl postgresql redis-server mosquitto $$(command -v kubectl >/dev/null || echo kubernetes-client)"; } || \
		{ echo "openssl, postgres, redis-server or valkey-server, mosquitto and kubectl are needed, and one was not found" \
			"(Debian and Ubuntu: apt-get install openssl postgresql redis-server mosquitto kubernetes-client)" >&2; exit 1; }
	@touch $@

.cache/wheels/.built: $(RUST) $(EXTENSIONS) $(shell find python -name '*.py*' -not -path '*/__pycache__/*') requirements/wheels.txt | $(VENV)/.locked
	@$(PY) scripts/wheels.py
	@touch $@

# The libraries that presigned is compared with, in their own environments.
.cache/bench/.installed: benches/install.py requirements/bench.txt requirements/bench-aiobotocore.txt | $(VENV)/.locked
	@$(PY) benches/install.py
	@touch $@

# presigned as it runs on a processor without SHA instructions.
.cache/bench/portable/.built: $(RUST) $(shell find python -name '*.py') | $(VENV)/.extensions
	@RUSTFLAGS='--cfg sha2_backend="soft"' $(STEP) "the extension with portable SHA-256, for comparison" \
		$(VENV)/bin/maturin build --release --quiet --features python --target-dir target/portable --out target/portable/wheels
	@$(PY) -m pip install --quiet --no-deps --upgrade --target $(@D) target/portable/wheels/*.whl
	@touch $@
