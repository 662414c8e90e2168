package config_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/config"
	"lintel/internal/finding"
)

// shown lists the settings that the cases below set.
func shown(c config.Config) string {
	var vars []string
	for _, name := range []string{"a", "b"} {
		if v, ok := c.Vars[name]; ok {
			vars = append(vars, name+"="+v.Text+"@"+v.At.Path)
		}
	}
	return fmt.Sprintln(c.Profile, c.FailOn, c.Skip, c.Severities["one"], c.VarFiles, vars, c.Workspace, c.MaxFileBytes>>20, len(c.Ignore), len(c.Extended))
}

func TestExtends(t *testing.T) {
	rules := finding.IDsOf([]finding.Rule{{ID: "one"}, {ID: "two"}})
	for name, tt := range map[string]struct {
		own, parent string
		want        string // empty: an error
		err         string
	}{
		"nothing of its own": {
			"extends: ../base.yaml", "profile: all\nfail-on: high\nskip: [one]\nrules: {two: off}\nvar-files: [b.tfvars]\nvars: {a: 1}\nworkspace: w\nmax-file-size: 9",
			"all high [one two] info [b.tfvars] [a=1@base.yaml] w 9 0 1", "",
		},
		"keys replace": {
			"extends: ../base.yaml\nprofile: strict\nskip: []\nvar-files: [a.tfvars]\nvars: {a: 2, b: 3}\nworkspace: v",
			"profile: all\nskip: [one]\nvar-files: [b.tfvars]\nvars: {a: 1}\nworkspace: w",
			"strict [] info [dir/a.tfvars] [a=2@dir/.lintel.yaml b=3@dir/.lintel.yaml] v 0 0 1", "",
		},
		"rules are merged":                 {"extends: ../base.yaml\nrules: {one: {severity: high}}", "rules: {one: off, two: off}", "[two] high [] [] 0 0 1", ""},
		"off replaces a severity":          {"extends: ../base.yaml\nrules: {one: off}", "rules: {one: {severity: high}}", "[one] info [] [] 0 0 1", ""},
		"suppressions are not inherited":   {"extends: ../base.yaml", "ignore: [{paths: [x], reason: y}]", "[] info [] [] 0 0 1", ""},
		"own suppressions":                 {"extends: ../base.yaml\nignore: [{paths: [x], reason: y}]", "profile: all", "all [] info [] [] 0 1 1", ""},
		"an empty parent":                  {"extends: ../base.yaml", "# nothing", "[] info [] [] 0 0 1", ""},
		"another directory in the chain":   {"extends: ../base.yaml", "extends: other/c.yaml\nvars: {b: 1}", "critical [] info [other/c.tfvars] [b=1@base.yaml] 0 0 2", ""},
		"a cycle":                          {"extends: ../base.yaml", "extends: dir/.lintel.yaml", "", "base.yaml:1: extends: the files form a cycle: dir/.lintel.yaml, base.yaml, dir/.lintel.yaml"},
		"itself":                           {"extends: .lintel.yaml", "", "", "dir/.lintel.yaml:1: extends: the files form a cycle"},
		"a file that does not exist":       {"\nextends: ../none.yaml", "", "", "dir/.lintel.yaml:2: extends: ../none.yaml: not read"},
		"a file outside":                   {"extends: ../../base.yaml", "", "", "dir/.lintel.yaml:1: extends: ../../base.yaml is outside of the repository"},
		"an error in the parent":           {"extends: ../base.yaml", "profile: al", "", `base.yaml:1: "al" must be one of`},
		"a file of variables is missing":   {"var-files: [none.tfvars]", "", "", "dir/.lintel.yaml:1: var-files: none.tfvars does not exist"},
		"a file of variables outside":      {"var-files: [../../a.tfvars]", "", "", "dir/.lintel.yaml:1: var-files: ../../a.tfvars is outside of the repository"},
		"a missing one, that is not taken": {"extends: ../base.yaml\nvar-files: []", "var-files: [none.tfvars]", "", "base.yaml:1: var-files: none.tfvars does not exist"},
		"a long chain":                     {"extends: ../long/0.yaml", "", "", "more than 8 files extend each other"},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{
				"dir/.lintel.yaml": {Data: []byte(tt.own + "\n")}, "base.yaml": {Data: []byte(tt.parent + "\n")},
				"dir/a.tfvars": {}, "b.tfvars": {}, "other/c.tfvars": {},
				"other/c.yaml": {Data: []byte("fail-on: critical\nvar-files: [c.tfvars]\n")},
			}
			for i := range 20 {
				fsys[fmt.Sprintf("long/%d.yaml", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "extends: %d.yaml\n", i+1)}
			}
			conf, err := config.Load(fsys, "dir/.lintel.yaml", "dir/.lintel.yaml", rules)
			if tt.want == "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("%v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(strings.Fields(shown(conf)), " "); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestExtendedEarly checks the settings that are read before the rules are known.
func TestExtendedEarly(t *testing.T) {
	fsys := fstest.MapFS{
		"a/.lintel.yaml":        {Data: []byte("extends: ../shared/base.yaml\n")},
		"own/.lintel.yaml":      {Data: []byte("extends: ../shared/base.yaml\npolicies: [r]\nmax-file-size: 8\n")},
		"cycle/.lintel.yaml":    {Data: []byte("extends: .lintel.yaml\n")},
		"outside/.lintel.yaml":  {Data: []byte("extends: ../../x.yaml\n")},
		"shared/base.yaml":      {Data: []byte("extends: more/base.yaml\npolicies: [rules]\n")},
		"shared/more/base.yaml": {Data: []byte("policies: [other]\nmax-file-size: 16\n")},
	}
	for name, want := range map[string]struct {
		policies []string
		size     int64
	}{
		"a/.lintel.yaml": {[]string{"shared/rules"}, 16 << 20}, "own/.lintel.yaml": {[]string{"own/r"}, 8 << 20},
		"cycle/.lintel.yaml": {}, "outside/.lintel.yaml": {},
	} {
		if diff := cmp.Diff(want.policies, config.Policies(fsys, name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got := config.MaxFileBytes(fsys, name); got != want.size {
			t.Errorf("%s: %d bytes, want %d", name, got, want.size)
		}
	}
}

func TestValues(t *testing.T) {
	fsys := fstest.MapFS{".lintel.yaml": {Data: []byte("vars:\n  plain: prod\n  number: 3\n  yes: true\n  list: [a, 1]\n  map: {k: v}\nparams:\n  Stage: prod\n  Subnets: [a, b]\n")}}
	conf, err := config.Load(fsys, ".lintel.yaml", ".lintel.yaml", finding.IDs{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, values := range []map[string]config.Value{conf.Vars, conf.Params} {
		for name, v := range values {
			got[name] = v.Text
			if text := string(v.File.Content[v.At.Start:v.At.End]); text != name {
				t.Errorf("the place of %s is %q", name, text)
			}
		}
	}
	want := map[string]string{"plain": "prod", "number": "3", "yes": "true", "list": `["a",1]`, "map": `{"k":"v"}`, "Stage": "prod", "Subnets": "a,b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
