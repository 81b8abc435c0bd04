# `make run` and `make test` bring what they need; everything else is for those who change the code.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BINARY    := bin/plumbline
VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
BUILD     := CGO_ENABLED=1 go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'
ADDR      ?= 127.0.0.1:8080
DATA      ?= data
TESTFLAGS ?=
BENCHFLAGS ?=
FAULTFLAGS ?=
BROWSER   := ./web/browser/...
# Every package but those whose tests need a browser: a new one is in it without a change here.
PACKAGES  = $(shell go list ./... | grep -v '/web/browser')
# What many goroutines share: the writer, the streams, the queues and what is remembered.
RACED     := ./assessment ./assessment/story ./storage ./web ./web/account ./web/api ./web/drawing ./web/live ./web/page ./web/walk
COMMON    := github.com/trustelem/zxcvbn@v1.0.1
RELEASE   := bin/release
HTMX      = $(shell sed -n 's/.*"htmx.org": "\(.*\)".*/\1/p' package.json)
ASSETS    := static/dist/htmx.min.js

.PHONY: help run demo build test test-go test-browser chromium race cover lint vuln fmt generate passwords bench bench-go faults release reproducible clean

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

test-go: $(ASSETS) ## the tests that need no browser
	go test -timeout 30m $(TESTFLAGS) $(PACKAGES)

test-browser: $(ASSETS) chromium ## the tests in Chromium
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then \
		go test -timeout 30m $(TESTFLAGS) $(BROWSER); \
	else \
		echo "The browser tests were not run: there is no Chromium, and apt-get cannot bring it here."; \
	fi

chromium:
	@if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null || true; \
	fi

race: $(ASSETS) ## the tests of what many goroutines share, with the race detector (RACED=./... for all)
	CGO_ENABLED=1 go test -race -timeout 20m $(TESTFLAGS) $(RACED)

cover: $(ASSETS) ## which part of the hand-written code the tests run that need no browser, by package
	@mkdir -p bin
	go test -coverpkg=$$(echo $(PACKAGES) | tr ' ' ',') -coverprofile=bin/cover.all $(TESTFLAGS) $(PACKAGES) >bin/cover.log || { cat bin/cover.log; exit 1; }
	@grep -v '_templ\.go:' bin/cover.all >bin/cover.out
	@awk -f .ci/cover.awk bin/cover.out | sort

lint: $(ASSETS) ## formatting, vet, staticcheck, scripts, generated pages, tidy modules
	@test -z "$$(gofmt -l .)" || { echo "not formatted:"; gofmt -l .; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	node_modules/.bin/biome lint --error-on-warnings
	@go tool templ generate -log-level error
	@git diff --exit-code --stat -- '*_templ.go' || { echo "generated pages are stale: run make generate and commit"; exit 1; }
	go mod tidy -diff

vuln: ## known vulnerabilities in what the code calls; only says so where the database cannot be reached
	@.ci/vuln

fmt: ## format Go and templates
	gofmt -w .
	go tool templ fmt templates

# From the list of zxcvbn: the 10,000 most common, and of the rest those that are long enough to be chosen.
passwords: ## renew the list of common passwords
	awk 'NR <= 10000 || length($$1) >= 12 { print $$1 }' "$$(go mod download -json $(COMMON) | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')/data/passwords.txt" >web/account/common_passwords.txt

generate: ## generate Go code from templates
	go tool templ generate

bench: build ## the numbers that matter, in one run, with their targets (BENCHFLAGS=--quick for a look)
	go run ./cmd/bench --binary $(BINARY) --folder bin $(BENCHFLAGS)

bench-go: ## the benchmarks of single functions
	go test -run '^$$' -bench . -benchmem ./assessment/... ./storage

faults: build ## provoke what goes wrong, and print what happens (FAULTFLAGS=--long, or --row=19)
	go run ./cmd/faults --binary $(BINARY) --folder bin $(FAULTFLAGS)

release: $(ASSETS) ## the binary of this machine's kind, its bill of materials and checksums, in bin/release
	@case "$(VERSION)" in *-dirty) echo "commit first: a release is built from a commit"; exit 1;; esac
	@rm -rf $(RELEASE)
	$(BUILD) -o $(RELEASE)/plumbline-$(VERSION)-$$(go env GOOS)-$$(go env GOARCH) ./cmd/plumbline
	@for binary in $(RELEASE)/plumbline-*; do \
		go version -m $$binary | awk -v version=$(VERSION) -v htmx=$(HTMX) -f .ci/bom.awk >$$binary.cdx.json; done
	@cd $(RELEASE) && sha256sum plumbline-* >SHA256SUMS && cat SHA256SUMS

reproducible: $(ASSETS) ## build a release in two folders and compare the bytes
	@.ci/reproducible

clean: ## remove what the build made
	rm -rf bin node_modules static/dist/*.js
