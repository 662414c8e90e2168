package terraform_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/parsers/terraform"
)

// TestVarFilesHidden checks that the values that files have for a sensitive variable are hidden, all of them, and those of others are not.
func TestVarFilesHidden(t *testing.T) {
	fsys := fstest.MapFS{
		"main.tf":         {Data: []byte("variable \"key\" { sensitive = true }\nvariable \"name\" {}\n")},
		"env/dev.tfvars":  {Data: []byte("key = \"first-key\"\nname = \"orders\"\n")},
		"env/prod.tfvars": {Data: []byte("key = \"second-key\"\nname = \"invoices\"\n")},
	}
	parsed := terraform.Parse(t.Context(), fsys, deployment.Unit{Kind: deployment.TerraformModule, Root: "."}, deployment.Options{})
	for text, want := range map[string]bool{"first-key": true, "second-key": true, "orders": false} {
		if got := slices.Contains(parsed.Hidden, text); got != want {
			t.Errorf("%s is hidden: %t, want %t", text, got, want)
		}
	}
}
