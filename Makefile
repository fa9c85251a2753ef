# make serve: everything, from nothing to the page. make test: everything, from nothing to the tests.
# Needs Python 3.11 and a package registry that pip reaches; PYTHON=… chooses the interpreter.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.installed
QUALITY ?= # more question sets, such as --set NAME=GOLD:DOCUMENTS

.PHONY: help install serve test check format bench quality clean

help: ## 列出可以做什么
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(STAMP) ## 建虚拟环境 .venv，装好依赖

$(BIN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "需要 Python 3.11：请先安装，或用 make $(MAKECMDGOALS) PYTHON=/path/to/python3.11 指明。"; exit 1; }
	$(PYTHON) -m venv .venv

$(STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -e '.[dev]'
	@touch $(STAMP)

serve: install ## 建索引（第一次），打开网页和接口
	@$(BIN)/youju serve

test: install ## 运行全部测试
	$(BIN)/python -m pytest

check: install ## 代码规范和类型检查
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: install ## 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## 量一量速度
	$(BIN)/python -m benchmarks.serving

quality: install ## 量一量答得多好，写成 docs/quality.md
	$(BIN)/python -m benchmarks.quality $(QUALITY)

clean: ## 删掉虚拟环境和缓存（不删索引）
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
