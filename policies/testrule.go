//go:build ignore

// Testrule tests rules of lintel by their ids, each in about a second: go run testrule.go ID...
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"lintel/internal/ruletest"
)

func main() {
	if len(os.Args) == 1 {
		fmt.Fprintln(os.Stderr, "testrule: give the id of a rule, like tracing-disabled")
		os.Exit(2)
	}
	code := 0
	for _, id := range os.Args[1:] {
		if err := test(strings.ReplaceAll(id, "_", "-")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func test(id string) error {
	result, err := ruletest.Own(context.Background(), os.DirFS("."), id)
	if err != nil {
		return err
	}
	dir := filepath.Join("rules", strings.ReplaceAll(id, "-", "_"))
	var failures []error
	for _, failure := range result.Failures {
		failures = append(failures, fmt.Errorf("policies/%s/%s", filepath.ToSlash(dir), failure))
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.rego"))
	if err != nil {
		return err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		formatted, err := format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			return err
		}
		if !bytes.Equal(text, formatted) {
			failures = append(failures, fmt.Errorf("policies/%s:1: not formatted; run opa fmt --write on it", filepath.ToSlash(name)))
		}
	}
	fmt.Printf("%s: %d templates, %d Rego tests, %d failures\n", id, result.Templates, result.Tests, len(failures))
	return errors.Join(failures...)
}
