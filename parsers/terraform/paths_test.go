package terraform_test

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/tree"
	"lintel/parsers/terraform"
)

// unwritten are the paths that no fixture writes, with the reason. Keys are COLLECTION PATH.
var unwritten = map[string]string{
	"capacity_providers vpc_config.ipv6_allowed_for_dual_stack":                             "the struct VPC is shared with functions",
	"network_connectors configuration.vpc_egress_configuration.ipv6_allowed_for_dual_stack": "the struct VPC is shared with functions",

	"functions source_path": "the variable of a called module, and fixtures are read alone",
	"layers source_path":    "the struct Code is shared with functions",

	"functions pip_requirements": "a part of source_path",
	"layers pip_requirements":    "the struct Code is shared with functions",

	"layers code_sha256": "the struct Code is shared with functions",
	"stages default_route_settings.cache_data_encrypted": "the struct MethodSetting is shared with REST APIs",
	"stages default_route_settings.caching_enabled":      "the struct MethodSetting is shared with REST APIs",

	"stages default_route_settings.require_authorization_for_cache_control": "the struct MethodSetting is shared with REST APIs",
	"stages default_route_settings.metrics_enabled":                         "the struct MethodSetting is shared with REST APIs",
	"stage_settings settings.detailed_metrics_enabled":                      "the struct MethodSetting is shared with HTTP APIs",

	"layers image_uri":          "the struct Code is shared with functions",
	"layers source_kms_key_arn": "the struct Code is shared with functions",
}

// TestPathsAreWritten checks that every type and every alternative of every path that the model has for Terraform
// is written in a fixture of a rule or of a reader, so that a misspelled one does not go unnoticed.
func TestPathsAreWritten(t *testing.T) {
	fixtures := fixtures(t)
	used := map[string]bool{}
	for _, attribute := range model.Declared() {
		types := attribute.Types[model.Terraform]
		if attribute.Path == "" {
			for _, kind := range types {
				if len(fixtures[kind]) == 0 {
					t.Errorf("%s: no fixture has a resource %s", attribute.Collection, kind)
				}
			}
			continue
		}
		wanted := map[string]bool{} // alternatives; for a trigger those of its kind
		for _, kind := range types {
			for _, steps := range attribute.For(kind).Alternatives() {
				name := steps.String()
				if attribute.Collection == "triggers" {
					name = kind + " " + name
				}
				if strings.Contains(name, "Statement.") {
					continue // every policy document is parsed by model.ParsePolicy
				}
				is := slices.ContainsFunc(fixtures[kind], func(body tree.Tree) bool { return written(body, steps) })
				wanted[name] = wanted[name] || is
			}
		}
		for path, is := range wanted {
			key := attribute.Collection + " " + path
			used[key] = used[key] || !is
			if _, excepted := unwritten[key]; !is && !excepted {
				t.Errorf("%s: no fixture writes %s, for the attribute %s", attribute.Collection, path, attribute.Path)
			}
		}
	}
	for key := range unwritten {
		if !used[key] {
			t.Errorf("the exception %q is not needed", key)
		}
	}
}

// fixtures returns the bodies of the resources in all fixtures, by type. Each file is read alone.
func fixtures(t *testing.T) map[string][]tree.Tree {
	t.Helper()
	all := map[string][]tree.Tree{}
	for _, root := range []string{"../../policies/rules", "../../testdata"} {
		err := fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(name, ".tf") {
				return err
			}
			content, err := fs.ReadFile(os.DirFS(root), name)
			alone := fstest.MapFS{"main.tf": &fstest.MapFile{Data: content, Mode: 0o644}}
			resources, _, _ := terraform.Resources(context.Background(), alone, ".", deployment.Options{})
			for _, r := range resources {
				all[r.Type] = append(all[r.Type], r.Body)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// written reports whether something is written at the end of the steps.
func written(t tree.Tree, steps tree.Steps) bool {
	if len(steps) == 0 {
		return t.State != tree.StateAbsent
	}
	if t = tree.Document(t); t.IsList || steps[0] == tree.Items {
		if steps[0] == tree.Items {
			steps = steps[1:]
		}
		return slices.ContainsFunc(t.Items, func(item tree.Tree) bool { return written(item, steps) })
	}
	return slices.ContainsFunc(t.Fields, func(f tree.Field) bool {
		return (f.Key == steps[0] || steps[0] == tree.Each) && written(f.Tree, steps[1:])
	})
}
