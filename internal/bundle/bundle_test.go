package bundle_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/bundle"
	"lintel/internal/finding"
)

// TestWrite checks the files of a bundle, and that the bytes are reproducible.
func TestWrite(t *testing.T) {
	content := bundle.Content{
		Revision: "r1",
		Rules:    []finding.Rule{{ID: "a-rule", Title: "T", Severity: finding.High, Profile: finding.Strict, Category: "c", Remediation: "Fix <it>."}},
		Policies: map[string][]byte{},
		Data:     map[string]any{"runtimes": map[string]any{"x": 1}},
	}
	err := bundle.ReadPolicies(fstest.MapFS{
		"lib/iam.rego":             {Data: []byte("package lib.iam\n")},
		"lib/iam_test.rego":        {Data: []byte("package lib.iam_test\n")},
		"rules/a_rule/policy.rego": {Data: []byte("package rules.a_rule\n")},
		"bundle/main.rego":         {Data: []byte("package main\n")},
		"data/runtimes.json":       {Data: []byte("{}")},
	}, content.Policies)
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	if err := errors.Join(bundle.Write(&first, content), bundle.Write(&second, content)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the bytes differ")
	}
	files := unpack(t, &first)
	want := []string{".manifest", "data.json", "lib/iam.rego", "lintel/main.rego", "rules/a_rule/policy.rego", "schemas/stack.json"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(files))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(`{"revision":"r1","roots":["lib","lintel","main","rules","runtimes"],"rego_version":1}`+"\n", files[".manifest"]); diff != "" {
		t.Error(diff)
	}
	const data = `{"lintel":{"rules":{"a_rule":{"id":"a-rule","title":"T","severity":"high","profile":"strict","category":"c","remediation":"Fix <it>."}}},"runtimes":{"x":1}}` + "\n"
	if diff := cmp.Diff(data, files["data.json"]); diff != "" {
		t.Error(diff)
	}
	if !json.Valid([]byte(files["schemas/stack.json"])) {
		t.Error("the schema is no JSON")
	}
}

func unpack(t *testing.T, r io.Reader) map[string]string {
	t.Helper()
	zip, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for archive := tar.NewReader(zip); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		if !header.ModTime.IsZero() && header.ModTime.Unix() != 0 {
			t.Errorf("%s has a time", header.Name)
		}
		files[header.Name] = string(text)
	}
}
