package workspace

import (
	"maps"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/policy"
)

// TestUnreached checks that a unit is not checked again in the base only if the change edits, adds and removes nothing
// that it reads.
func TestUnreached(t *testing.T) {
	base := fstest.MapFS{
		"tf/main.tf":             {Data: []byte("module \"m\" {\n  source = \"../m\"\n}\nlocals {\n  policy = file(\"${path.module}/policy.json\")\n}\nresource \"aws_iam_policy\" \"p\" {\n  policy = local.policy\n}\n")},
		"tf/policy.json":         {Data: []byte("{}")},
		"tf/terraform.tfvars":    {Data: []byte("a = 1\n")},
		"m/main.tf":              {Data: []byte("resource \"aws_sqs_queue\" \"q\" {}\n")},
		"stack/template.yaml":    {Data: []byte("Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: nested.yaml}\n")},
		"stack/nested.yaml":      {Data: []byte("Resources:\n  Q: {Type: AWS::SQS::Queue}\n")},
		"elsewhere/main.tf":      {Data: []byte("resource \"aws_sqs_queue\" \"q\" {}\n")},
		"elsewhere/docs/text.md": {Data: []byte("text")},
	}
	terraform := deployment.Unit{Kind: deployment.TerraformModule, Root: "tf"}
	template := deployment.Unit{Kind: deployment.Template, Root: "stack/template.yaml"}
	for name, tt := range map[string]struct {
		edited    string // path of the file that the change edits or adds
		text      string // empty: the change removes the file
		unreached map[deployment.Unit]bool
	}{
		"nothing":              {"tf/policy.json", "{}", map[deployment.Unit]bool{terraform: true, template: true}},
		"another unit":         {"elsewhere/main.tf", "# x", map[deployment.Unit]bool{terraform: true, template: true}},
		"file of the module":   {"tf/main.tf", "# x", map[deployment.Unit]bool{template: true}},
		"called module":        {"m/main.tf", "# x", map[deployment.Unit]bool{template: true}},
		"new file of a module": {"m/new.tf", "# x", map[deployment.Unit]bool{template: true}},
		"included file":        {"tf/policy.json", "[]", map[deployment.Unit]bool{template: true}},
		"values":               {"tf/terraform.tfvars", "a = 2", map[deployment.Unit]bool{template: true}},
		"removed values":       {"tf/terraform.tfvars", "", map[deployment.Unit]bool{template: true}},
		"new values":           {"tf/b.auto.tfvars", "a = 2", map[deployment.Unit]bool{template: true}},
		"nested template":      {"stack/nested.yaml", "Resources: {}", map[deployment.Unit]bool{terraform: true}},
		"removed nested stack": {"stack/nested.yaml", "", map[deployment.Unit]bool{terraform: true}},
	} {
		t.Run(name, func(t *testing.T) {
			change := maps.Clone(base)
			change[tt.edited] = &fstest.MapFile{Data: []byte(tt.text)}
			if tt.text == "" {
				delete(change, tt.edited)
			}
			set := Settings{Rules: &policy.Set{}, Base: &Base{FS: base}}
			o, err := Once(t.Context(), change, set, []string{"."}, Overrides{})
			if err != nil {
				t.Fatal(err)
			}
			reports := o.plan.reusable(base, o.plan.units, o.plan.ofUnits)
			for _, u := range []deployment.Unit{terraform, template} {
				if _, is := reports[u]; is != tt.unreached[u] {
					t.Errorf("%s is unreached: %v, want %v", u.Root, is, tt.unreached[u])
				}
			}
		})
	}
}
