package config_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/source"
)

func TestFind(t *testing.T) {
	tree := fstest.MapFS{}
	for _, name := range []string{
		".lintel.yaml", "main.tf", "infra/.lintel.yaml", "infra/main.tf", "infra/prod/main.tf", "infra/test/.lintel.yaml",
		"infra/test/main.tf", "infrastructure/main.tf",
	} {
		tree[name] = &fstest.MapFile{}
	}
	for name, tt := range map[string]struct {
		paths []string
		want  string
	}{
		"the root":                   {[]string{"."}, ".lintel.yaml"},
		"a file of the root":         {[]string{"main.tf"}, ".lintel.yaml"},
		"in the folder":              {[]string{"infra/test"}, "infra/test/.lintel.yaml"},
		"of a file":                  {[]string{"infra/test/main.tf"}, "infra/test/.lintel.yaml"},
		"above":                      {[]string{"infra/prod/main.tf"}, "infra/.lintel.yaml"},
		"above several":              {[]string{"infra/test/main.tf", "infra/prod"}, "infra/.lintel.yaml"},
		"twice the same":             {[]string{"infra/test", "infra/test/main.tf"}, "infra/test/.lintel.yaml"},
		"the root of several":        {[]string{"infra/test", "main.tf"}, ".lintel.yaml"},
		"not by half a name":         {[]string{"infra", "infrastructure"}, ".lintel.yaml"},
		"of what is not there":       {[]string{"infra/test/gone.tf"}, "infra/test/.lintel.yaml"},
		"of a folder that is gone":   {[]string{"infra/gone/deep/x.tf"}, "infra/.lintel.yaml"},
		"of no path":                 {nil, ".lintel.yaml"},
		"of the configuration alone": {[]string{"infra/.lintel.yaml"}, "infra/.lintel.yaml"},
	} {
		if got := config.Find(tree, tt.paths); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	root, err := source.OpenRoot(linked(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := config.Find(root, []string{"away"}); got != ".lintel.yaml" {
		t.Errorf("in a directory that leads out of the tree: %q", got)
	}
	delete(tree, ".lintel.yaml")
	if got := config.Find(tree, []string{"main.tf"}); got != "" {
		t.Errorf("found %q, and there is none", got)
	}
}

// linked returns a directory with a configuration and a symlink to a directory outside of it.
func linked(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".lintel.yaml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(t.TempDir(), filepath.Join(dir, "away")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestLoad(t *testing.T) {
	tree := fstest.MapFS{"infra/.lintel.yaml": {Data: []byte("profile: strict\n")}, "bad/.lintel.yaml/x": {}}
	conf, err := config.Load(tree, "infra/.lintel.yaml", ".lintel.yaml", finding.IDs{})
	if err != nil || conf.Base != "infra" || conf.File.Path != "infra/.lintel.yaml" || conf.Profile != finding.Strict {
		t.Errorf("%+v, %v", conf, err)
	}
	if conf, err := config.Load(tree, "", "", finding.IDs{}); err != nil || conf.File != nil {
		t.Errorf("%+v, %v", conf, err)
	}
	name := config.Find(tree, []string{"bad"})
	if _, err := config.Load(tree, name, "../bad/.lintel.yaml", finding.IDs{}); err == nil || err.Error() != "../bad/.lintel.yaml: not read: not a regular file" {
		t.Errorf("%q: %v", name, err)
	}
}
