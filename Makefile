.PHONY: harden-bombs check test race lint rego generate screenshot fuzz bench rule test-rule released

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

screenshot: ## draw docs/screenshot.svg from the output of lintel
	go test ./internal/cli -run TestScreenshot -update

fuzz: ## fuzz each parser for a minute
	go test ./parsers/terraform -run '^$$' -fuzz FuzzParse -fuzztime 1m
	go test ./parsers/cloudformation -run '^$$' -fuzz FuzzParse -fuzztime 1m
	go test ./parsers/plan -run '^$$' -fuzz FuzzParse -fuzztime 1m
	go test ./internal/model -run '^$$' -fuzz FuzzParsePolicy -fuzztime 1m
	go test ./internal/fix -run '^$$' -fuzz FuzzApply -fuzztime 1m
	go test ./internal/migrate -run '^$$' -fuzz FuzzRewrite -fuzztime 1m

harden-bombs: ## run the built program on inputs that are made to exhaust stack, memory or time; prints time and memory of each
	go build -o /tmp/lintel-bombs ./cmd/lintel
	go test ./internal/cli -run TestBombs -timeout 30m -v -bombs /tmp/lintel-bombs | grep -E '^ +bombs_test.go|^ +---.FAIL|^---'

bench: ## benchmarks: start-up, one unit, a large tree
	go test ./internal/cli ./internal/check ./internal/lsp ./internal/policy -run '^$$' -bench . -benchmem

rule: ## create a rule: make rule NAME=my-new-rule
	go run ./cmd/lintel rule new $(NAME) --dir policies
	@echo 'One of lintel itself: make test-rule NAME=$(NAME)'

test-rule: ## make test-rule NAME=my-new-rule: everything that is tested of one rule, in about a second
	cd policies && go run testrule.go $(NAME)

released: ## before a release: add the ids of its rules to those that must stay valid
	go run ./cmd/lintel rules --format json | sed -n 's/^ *"id": "\(.*\)",*$$/\1/p' | LC_ALL=C sort -u - policies/released.txt >policies/released.new
	mv policies/released.new policies/released.txt
