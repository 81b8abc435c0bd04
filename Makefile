# `make run` and `make test` bring what they need; everything else is for those who change the code.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BINARY    := bin/plumbline
VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
BUILD     := CGO_ENABLED=1 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)'
ADDR      ?= 127.0.0.1:8080
DATA      ?= data
TESTFLAGS ?=
BENCHFLAGS ?=
FAULTFLAGS ?=
BROWSER   := ./web/browser/...
ASSETS    := static/dist/htmx.min.js

.PHONY: help run demo build test test-go test-browser chromium lint fmt generate bench bench-go faults clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

run: build ## build and serve on an embedded database in ./data
	$(BINARY) serve --addr $(ADDR) --data $(DATA)

demo: build ## build and serve an example team on a throw-away database
	$(BINARY) demo --addr $(ADDR)

build: $(ASSETS) ## build bin/plumbline
	$(BUILD) -o $(BINARY) ./cmd/plumbline

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

static/dist/%.js: node_modules/.package-lock.json
	cp node_modules/htmx.org/dist/$*.js $@

test: lint test-go test-browser ## every test; says in its last line where Chromium was missing

test-go: $(ASSETS)
	go test $(TESTFLAGS) $$(go list ./... | grep -v '/web/browser$$')

test-browser: $(ASSETS) chromium
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then \
		go test $(TESTFLAGS) $(BROWSER); \
	else \
		echo "The browser tests were not run: there is no Chromium, and apt-get cannot bring it here."; \
	fi

chromium:
	@if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null || true; \
	fi

lint: $(ASSETS) ## formatting, vet, staticcheck, scripts, generated pages, tidy modules
	@test -z "$$(gofmt -l .)" || { echo "not formatted:"; gofmt -l .; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	node_modules/.bin/biome lint --error-on-warnings
	@go tool templ generate -log-level error
	@git diff --exit-code --stat -- '*_templ.go' || { echo "generated pages are stale: run make generate and commit"; exit 1; }
	go mod tidy -diff

fmt: ## format Go and templates
	gofmt -w .
	go tool templ fmt templates

generate: ## generate Go code from templates
	go tool templ generate

bench: build ## the numbers that matter, in one run, with their targets (BENCHFLAGS=--quick for a look)
	go run ./cmd/bench --binary $(BINARY) --folder bin $(BENCHFLAGS)

bench-go: ## the benchmarks of single functions
	go test -run '^$$' -bench . -benchmem ./assessment/... ./storage

faults: build ## provoke what goes wrong, and print what happens (FAULTFLAGS=--long, or --row=19)
	go run ./cmd/faults --binary $(BINARY) --folder bin $(FAULTFLAGS)

clean: ## remove what the build made
	rm -rf bin node_modules static/dist/*.js
