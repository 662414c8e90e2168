package parsers_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/parsers"
)

// terragruntTree is a tree with a module that two units of Terragrunt deploy, one of them with the values of a third.
func terragruntTree() fstest.MapFS {
	unit := func(name string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("terraform {\n  source = \"../../m\"\n}\ninputs = { name = \"" + name + "\" }\n")}
	}
	return fstest.MapFS{
		"m/main.tf":             {Data: []byte("variable \"name\" {}\n")},
		"live/a/terragrunt.hcl": unit("a"), "live/b/terragrunt.hcl": unit("b"), "live/c/terragrunt.hcl": unit("a"),
	}
}

func with(file string, isFirst bool) deployment.Unit {
	return deployment.Unit{Root: "m", Environment: deployment.Environment{File: file, IsFirst: isFirst}}
}

// TestUnitsOfTerragrunt finds a unit for each set of values that Terragrunt passes to a module.
func TestUnitsOfTerragrunt(t *testing.T) {
	a, b := with("live/a/terragrunt.hcl", true), with("live/b/terragrunt.hcl", false)
	plain := deployment.Unit{Root: "m"}
	caller := deployment.Unit{Root: "root"}
	for name, test := range map[string]struct {
		more  map[string]string
		paths []string
		want  []deployment.Unit
	}{
		"the tree":         {nil, []string{"."}, []deployment.Unit{b, a}},
		"a unit":           {nil, []string{"live/b"}, []deployment.Unit{with("live/b/terragrunt.hcl", true)}},
		"its file":         {nil, []string{"live/b/terragrunt.hcl"}, []deployment.Unit{with("live/b/terragrunt.hcl", true)}},
		"the module":       {nil, []string{"m"}, []deployment.Unit{b, a}},
		"with a caller":    {map[string]string{"root/main.tf": "module \"m\" {\n  source = \"../m\"\n  name = \"x\"\n}\n"}, []string{"."}, []deployment.Unit{b, a, caller}},
		"an empty backend": {map[string]string{"m/backend.tf": "terraform {\n  backend \"s3\" {}\n}\n"}, []string{"."}, []deployment.Unit{b, a}},
		"a module of its own": {
			map[string]string{"m/backend.tf": "terraform {\n  backend \"s3\" {\n    bucket = \"b\"\n  }\n}\n"},
			[]string{"."},
			[]deployment.Unit{plain, with("live/a/terragrunt.hcl", false), b},
		},
		"values are missing": {map[string]string{"live/d/terragrunt.hcl": "terraform {\n  source = \"../../m\"\n  extra_arguments \"e\" {\n    required_var_files = [\"no.tfvars\"]\n  }\n}\n"}, []string{"."}, []deployment.Unit{plain, with("live/a/terragrunt.hcl", false), b}},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := terragruntTree()
			for name, text := range test.more {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			want := map[deployment.Unit]bool{}
			for _, u := range test.want {
				want[u] = true
			}
			got := map[deployment.Unit]bool{}
			for _, u := range parsers.Search(fsys, test.paths).Units {
				got[u] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestManyUnitsOfTerragrunt finds as many sets of values as the limit, and reports a gap for each of the others.
func TestManyUnitsOfTerragrunt(t *testing.T) {
	fsys := terragruntTree()
	for i := range 70 {
		fsys[fmt.Sprintf("live/u%d/terragrunt.hcl", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "terraform {\n  source = \"../../m\"\n}\ninputs = { name = %d }\n", i)}
	}
	found := parsers.Search(fsys, []string{"."})
	if len(found.Units) != 32 || len(found.Gaps) != 40 {
		t.Errorf("%d units, %d gaps", len(found.Units), len(found.Gaps))
	}
}

// TestChangedTerragrunt widens a change of a file that a unit of Terragrunt reads to its module.
func TestChangedTerragrunt(t *testing.T) {
	fsys := terragruntTree()
	fsys["live/a/terragrunt.hcl"] = &fstest.MapFile{Data: []byte("terraform {\n  source = \"../../m\"\n}\ninputs = merge(read_terragrunt_config(\"vars.hcl\").inputs, jsondecode(file(\"v.json\")))\n")}
	fsys["live/a/vars.hcl"] = &fstest.MapFile{Data: []byte("inputs = { name = \"x\" }\n")}
	fsys["live/a/v.json"] = &fstest.MapFile{Data: []byte("{}")}
	fsys["live/z/other.hcl"] = &fstest.MapFile{Data: []byte("")}
	for file, want := range map[string]int{"live/a/terragrunt.hcl": 3, "live/a/vars.hcl": 3, "live/a/v.json": 3, "live/z/other.hcl": 0} {
		units, problems := parsers.Widen(fsys, []string{file})
		if len(units) != want || len(problems) > 0 {
			t.Errorf("%s: %v, %v", file, units, problems)
		}
	}
}
