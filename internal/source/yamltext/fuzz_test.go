package yamltext_test

import (
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// FuzzDecode checks that no text makes the reader panic or hang, and that every node begins in the text.
func FuzzDecode(f *testing.F) {
	f.Add("a: &x [b, {c: 'd'}]\n? - e\n: *x\n---\nf: >-\n  g\n")
	f.Add("{\"a\":\t\"\\/\\ud83d\"\n : [1,]}")
	f.Add("%YAML 1.2\n--- !t &a !u\nb: |2-\n   c\n<<: *a\n")
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		file := source.NewFile("f", []byte(text))
		documents, _ := yamltext.DecodeAll(file.Content) // an error is right for most texts
		for _, document := range documents {
			begins(t, file, document, 0)
		}
	})
}

func begins(t *testing.T, file *source.File, n *yaml.Node, depth int) {
	t.Helper()
	at := yamltext.Start(file, n)
	if at < 0 || at > len(file.Content) {
		t.Errorf("%q: line %d, column %d is offset %d", file.Content, n.Line, n.Column, at)
	}
	if n.Kind == yaml.ScalarNode {
		if end := yamltext.ScalarEnd(file, n, yamltext.SkipProperties(file.Content, at)); end < at || end > len(file.Content) {
			t.Errorf("%q: a scalar is at %d to %d", file.Content, at, end)
		}
	}
	for _, child := range n.Content {
		if depth < yamltext.MaxDepth {
			begins(t, file, child, depth+1)
		}
	}
}
