package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"

	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/internal/unit"
	"lintel/parsers"
)

func planned(t testing.TB) *rego.Program {
	t.Helper()
	fsys := os.DirFS("../../policies")
	var modules []bundle.ModuleFile
	var entry []string
	for _, dir := range []string{"lib", "rules"} {
		err := fs.WalkDir(fsys, dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".rego") || strings.HasSuffix(p, "_test.rego") {
				return err
			}
			text, _ := fs.ReadFile(fsys, p)
			m, err := ast.ParseModuleWithOpts(p, string(text), ast.ParserOptions{})
			if err != nil {
				return err
			}
			modules = append(modules, bundle.ModuleFile{URL: p, Path: p, Parsed: m, Raw: text})
			if dir == "rules" {
				entry = append(entry, "rules/"+strings.Split(p, "/")[1]+"/deny")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	listings, err := Plan(context.Background(), modules, entry)
	if err != nil {
		t.Fatal(err)
	}
	set, err := Compile(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var data any
	if err := json.Unmarshal([]byte(set.data), &data); err != nil {
		t.Fatal(err)
	}
	var all []string
	n := 0
	for _, l := range listings {
		all = append(all, l)
		n += len(l)
	}
	os.WriteFile("/tmp/listing.txt", []byte(strings.Join(all, "")), 0o644)
	t.Log("bytes of listings", n, len(all))
	return rego.Load(rego.FromJSON(data), all...)
}

func TestPlanAgrees(t *testing.T) {
	program := planned(t)
	set, err := Compile(os.DirFS("../../policies"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	root := os.DirFS("../../policies/rules")
	if dir := os.Getenv("PLAN_DIR"); dir != "" {
		root = os.DirFS(dir)
	}
	units, _ := parsers.Find(root, []string{"."})
	n, questions := 0, 0
	var a, b time.Duration
	for _, u := range units {
		parsed := parsers.Parse(ctx, root, u, unit.Options{})
		input, _ := model.Encode(parsed.Stack, model.Facts{Today: time.Now()})
		s := time.Now()
		value := valueOfInput(input)
		a += time.Since(s)
		shared := newCaches()
		shared.compiler = set.linker.compilerFor(set.rules, set.rules)
		s = time.Now()
		ev := program.Evaluate(rego.FromModel(input))
		b += time.Since(s)
		for _, r := range set.rules {
			s := time.Now()
			want, err := set.ask(ctx, r, value, shared)
			a += time.Since(s)
			if err != nil {
				t.Fatal(err)
			}
			s = time.Now()
			got, err := ev.Rule(ctx, "rules."+r.Package+".deny")
			b += time.Since(s)
			if err != nil {
				t.Fatalf("%s: %v", r.ID, err)
			}
			questions++
			var w, g []string
			for _, v := range want {
				w = append(w, fmt.Sprintf("%d %q %s %s", v.At, v.Message, v.Severity, v.Set))
			}
			for _, v := range got.Items() {
				at, _ := v.Member("at").Number()
				m, _ := v.Member("message").Text()
				se, _ := v.Member("severity").Text()
				st, _ := v.Member("set").Text()
				g = append(g, fmt.Sprintf("%d %q %s %s", at, m, se, st))
			}
			n += len(w)
			if strings.Join(w, "\n") != strings.Join(g, "\n") {
				t.Errorf("%s %s:\n%s\n---\n%s", filepath.Join(u.Root), r.ID, strings.Join(w, "\n"), strings.Join(g, "\n"))
			}
		}
	}
	t.Log(len(units), questions, n, a, b)
}
