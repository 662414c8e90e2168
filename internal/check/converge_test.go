package check_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/workspace"
)

// TestConverge checks that a stack written in several languages gives the same model, except for locations and names.
func TestConverge(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/converge/*")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, dir := range cases {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			inputs, problems, err := workspace.Inputs(context.Background(), os.DirFS(dir), workspace.Settings{Bare: true, Today: today}, []string{"."})
			if err != nil || len(problems) > 0 {
				t.Fatal(err, problems)
			}
			if len(inputs) < 3 {
				t.Fatalf("only %d formats", len(inputs))
			}
			want := withoutPlaces(inputs[0].Policy)
			if text, _ := json.Marshal(want); len(text) < 5000 {
				t.Errorf("the model has only %d bytes", len(text))
			}
			for _, input := range inputs {
				if len(input.Problems) > 0 {
					t.Errorf("%s: %v", input.Unit.Root, input.Problems)
				}
				if diff := cmp.Diff(want, withoutPlaces(input.Policy)); diff != "" {
					t.Errorf("%s (-) and %s (+) differ:\n%s", inputs[0].Unit.Root, input.Unit.Root, diff)
				}
			}
		})
	}
}

// withoutPlaces removes the parts of an encoded model that may differ between languages.
func withoutPlaces(node any) any {
	switch x := node.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range x {
			if key != "at" && key != "id" && key != "type" && key != "generated" {
				out[key] = withoutPlaces(value)
			}
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = withoutPlaces(x[i])
		}
		return out
	}
	return node
}

// only lists the attributes that exist in one language only.
var only = map[string]string{
	"functions.code.inline":                       "CloudFormation: ZipFile",
	"functions.code.path":                         "Terraform and SAM: a local file",
	"functions.code.hash":                         "Terraform",
	"functions.code.asset":                        "CDK",
	"functions.code.build_method":                 "SAM",
	"functions.code.entry_points":                 "SAM",
	"functions.code.external":                     "SAM",
	"layers.code.external":                        "functions",
	"functions.code.requirements":                 "Terraform: what terraform-aws-modules/lambda packages",
	"layers.code.requirements":                    "Terraform: what terraform-aws-modules/lambda packages",
	"functions.code.sources":                      "Terraform: what terraform-aws-modules/lambda packages",
	"layers.code.sources":                         "Terraform: what terraform-aws-modules/lambda packages",
	"roles.other_actions":                         "Terraform: with other values of variables; templates have variants",
	"roles.other_managed_policies":                "Terraform: with other values of variables; templates have variants",
	"functions.source":                            "the languages locate the code differently; parsers/handler tests each",
	"sources":                                     "the languages locate the code differently; parsers/handler tests each",
	"layers.code.asset":                           "functions",
	"layers.code.build_method":                    "functions",
	"layers.code.entry_points":                    "functions",
	"functions.code.storage_mode":                 "CloudFormation",
	"functions.runtime_arn":                       "CloudFormation",
	"functions.durable.kms_key":                   "CloudFormation",
	"functions.scaling":                           "CloudFormation",
	"functions.scaling.min":                       "CloudFormation",
	"functions.scaling.max":                       "CloudFormation",
	"functions.publish":                           "Terraform",
	"functions.publish_to":                        "the languages write it differently",
	"api_integrations.transfer_mode":              "REST APIs: CloudFormation has the integration in the method",
	"roles.microvms":                              "Terraform",
	"applications":                                "Terraform: SAM rejects one without a version",
	"microvms":                                    "Terraform",
	"web_endpoints.auto_deployment":               "SAM",
	"web_revisions.inline":                        "SAM",
	"network_connectors.vpc.ipv6":                 "the struct VPC is shared with functions",
	"layers.code.hash":                            "Terraform",
	"layers.code.storage_mode":                    "CloudFormation",
	"registry_scans":                              "Terraform",
	"registry_scans.scan_type":                    "Terraform",
	"layers.code.image_uri":                       "functions: layers are no images",
	"layers.code.inline":                          "functions: layers are not written inline",
	"layers.code.kms_key":                         "functions",
	"layers.code.path":                            "Terraform and SAM: a local file",
	"functions.sam_policies":                      "SAM",
	"group_memberships":                           "the languages list them differently",
	"login_profiles":                              "CloudFormation: part of the user",
	"password_policies":                           "Terraform",
	"policies.users":                              "CloudFormation",
	"access_keys.pgp_key":                         "Terraform",
	"archives":                                    "Terraform",
	"credentials.endpoints":                       "Terraform",
	"credentials.endpoints.lambda":                "Terraform",
	"credentials.password":                        "CloudFormation",
	"credentials.skips_check":                     "Terraform",
	"credentials.token":                           "Terraform",
	"secret_values":                               "CloudFormation: part of the secret",
	"secrets.value":                               "CloudFormation",
	"ssm_parameters.kms_key":                      "Terraform: only it can make secure ones",
	"user_attachments":                            "CloudFormation: part of the user",
	"users.groups":                                "CloudFormation",
	"users.managed_policies":                      "CloudFormation",
	"users.statements":                            "CloudFormation",
	"permissions.qualifier":                       "Terraform; in CloudFormation it is part of the function's name",
	"provisioned_concurrency":                     "CloudFormation: part of an alias or a version",
	"routes.function":                             "SAM and REST APIs of CloudFormation",
	"bus_permissions":                             "the languages list their conditions differently",
	"buckets.inline_versioning":                   "Terraform",
	"channels.statements":                         "Terraform: in the queue or topic itself",
	"channels.stream_statements":                  "CloudFormation",
	"event_sources.kind":                          "SAM",
	"event_sources.log_level":                     "CloudFormation",
	"triggers.targets[].tenant":                   "CloudFormation",
	"triggers.targets[].events":                   "CloudFormation: part of the bucket",
	"triggers.bus":                                "the languages name the default bus differently",
	"versions":                                    "CloudFormation: Terraform publishes with an argument of the function",
	"triggers.source":                             "the languages name what triggers differently",
	"api_integrations.insecure_skip_verification": "Terraform and OpenAPI",
	"api_integrations.cache_key_parameters":       "REST APIs: CloudFormation has integrations in their methods",
	"routes.request_validator":                    "REST APIs: CloudFormation has integrations in their methods",
	"stages.settings[].cache_authorization":       "Terraform",
	"stages.settings[].method":                    "CloudFormation: Terraform has one path in a resource of its own",
	"stages.settings[].path":                      "CloudFormation: Terraform has one path in a resource of its own",
	"api_policies":                                "CloudFormation: part of the API",
	"apis.default_authorizer":                     "SAM",
	"routes.statements":                           "SAM",
	"log_groups.bearer_token":                     "CloudFormation",
	"log_groups.deletion_policy":                  "CloudFormation: an attribute beside the properties",
	"log_groups.prevent_destroy":                  "Terraform",
	"log_groups.skip_destroy":                     "Terraform",
	"log_groups.statements":                       "CloudFormation",
	"constant_inputs.templates":                   "CloudFormation: Terraform has one target in a resource",
	"stage_settings":                              "CloudFormation: part of the stage",
	"stages.settings[].caching":                   "REST APIs: Terraform has a resource of its own",
	"capacity_providers.vpc.ipv6":                 "functions",
	"network_acls.egress":                         "Terraform",
	"network_acls.ingress":                        "Terraform",
	"network_acls.subnets":                        "Terraform",
	"route_tables.routes":                         "Terraform",
	"stages.settings[].cache_encrypted":           "REST APIs: Terraform has a resource of its own",
	"functions.code.image_build":                  "metadata of SAM and the CDK",
	"layers.code.image_build":                     "functions",
	"container_images":                            "Terraform",
	"paths":                                       "derived from the rest of the model",
}

// TestConvergeCoverage checks that the cases of TestConverge contain every attribute of the model.
func TestConvergeCoverage(t *testing.T) {
	covered := map[string]bool{}
	cases, err := filepath.Glob("../../testdata/converge/*")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, dir := range cases {
		inputs, _, err := workspace.Inputs(context.Background(), os.DirFS(dir), workspace.Settings{Bare: true, Today: today}, []string{"."})
		if err != nil {
			t.Fatal(err)
		}
		for collection, resources := range inputs[0].Policy {
			all[collection] = true
			list, _ := resources.([]any)
			covered[collection] = covered[collection] || len(list) > 0 || collection == "today" || collection == "settings"
			for _, r := range list {
				attributes(collection, r, all, covered)
			}
		}
	}
	for path := range all {
		if strings.HasPrefix(path, "user_policies.statements") || strings.HasPrefix(path, "resource_policies.statements") || strings.HasPrefix(path, "apis.statements[]") {
			continue // reported in roles and channels
		}
		if !covered[path] && !isOnly(path) {
			t.Errorf("no case has %s", path)
		}
	}
}

// isOnly reports whether a path of the model or one above it is in the table.
func isOnly(path string) bool {
	for {
		if _, ok := only[path]; ok {
			return true
		}
		above := strings.LastIndexByte(path, '.')
		if above < 0 {
			return false
		}
		path = path[:above]
	}
}

// attributes adds the paths of all nodes below a node to all, and of written ones to covered.
func attributes(path string, node any, all, covered map[string]bool) {
	m, ok := node.(map[string]any)
	if !ok {
		return
	}
	if _, isNode := m["at"]; isNode {
		all[path] = true
		covered[path] = covered[path] || m["absent"] == nil
	}
	for key, value := range m {
		switch x := value.(type) {
		case map[string]any:
			attributes(path+"."+key, x, all, covered)
		case []any:
			for _, item := range x {
				attributes(path+"[]", item, all, covered)
			}
		}
	}
}
