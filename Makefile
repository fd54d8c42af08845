# 预算问答。需要 Python 3.11、make 和能访问软件包源的网络；其余都装进 .venv。
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= $(shell for p in python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
comma := ,
RUN := $(VENV)/.installed$(if $(EXTRAS),-$(subst $(comma),-,$(EXTRAS)))
DEV := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
ARGS ?=
EXTRAS ?=
WORKERS ?= auto

.PHONY: help serve build bench test check browser sbom clean

help:  ## 列出可用的命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */\1|/' | \
	while IFS='|' read -r name text; do printf '  make %-7s %s\n' "$$name" "$$text"; done

serve: $(RUN)  ## 安装并打开网页（首次会先建索引）；参数：make serve ARGS="--port 8000"；读扫描件：EXTRAS=ocr
	$(BIN)/python -m assistant serve $(ARGS)

build: $(RUN)  ## 用 data/documents 里的文件重建索引
	$(BIN)/python -m assistant build $(ARGS)

bench: $(DEV)  ## 量速度
	$(BIN)/python -m benchmarks $(ARGS)

check: $(DEV)  ## 静态检查：ruff、mypy、import-linter、vulture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

test: check browser  ## 全部检查和测试
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 2 --dist loadgroup $(ARGS)

browser:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo '安装 chromium（网页测试用）……'; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium fonts-wqy-zenhei; } >/dev/null || echo 'chromium 没有装上：网页测试会跳过。'; \
	else \
		echo '没有 chromium，也不能用 apt-get 安装（需要 root）：网页测试会跳过。'; \
	fi
endif

sbom: $(RUN)  ## 物料清单（CycloneDX）和许可证：build/sbom.json、build/licences.csv
	@$(PIP) install -c constraints.txt -e '.[supply]'
	@mkdir -p build
	$(BIN)/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml --of JSON -o build/sbom.json
	$(BIN)/pip-licenses --from=mixed --with-urls --order=license --format=csv --output-file=build/licences.csv

clean:  ## 删除环境、索引和各种缓存
	rm -rf $(VENV) data/built build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo '没有找到 Python 3.11。请先安装，或指明它的位置：make serve PYTHON=/路径/python3.11' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo '建立虚拟环境失败。Debian、Ubuntu 上请先安装 python3.11-venv。' >&2; exit 1; }

# pip 23 needs minutes to resolve what a newer pip resolves in seconds, so pip comes first.
$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	@echo '安装依赖，约需两分钟……'
	@$(PIP) install -U pip
	@$(PIP) install -c constraints.txt -e '.$(if $(EXTRAS),[$(EXTRAS)])'
	@$(BIN)/python -m compileall -q index assistant
	@touch $@

$(DEV): $(RUN)
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@
