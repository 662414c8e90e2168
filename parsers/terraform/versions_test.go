package terraform_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestVersions checks that a committed manifest cannot provide another version of a module than the configuration
// requires.
func TestVersions(t *testing.T) {
	for constraint, want := range map[string]bool{
		`"1.2.3"`: true, `"= 1.2.3"`: true, `"v1.2.3"`: true, `"~> 1.2"`: true, `"~> 1.2.0"`: true, `">= 1.0, < 2.0"`: true, `"!= 1.2.2"`: true, `"~> 1"`: true,
		`">1.2"`: true, `"1.2.3-beta"`: true, `var.version`: true, `null`: true, `"<= 1.2.3"`: true,
		`"2.0.0"`: false, `"~> 1.3"`: false, `"~> 2"`: false, `"~> 1.1.0"`: false, `"< 1.2.3"`: false, `"!= 1.2.3"`: false, `">= 1.0, > 1.2.3"`: false, `"1.2"`: false,
	} {
		r := parse(t,
			"main.tf", fmt.Sprintf("variable \"version\" {}\nmodule \"m\" {\n  source  = \"example/m/aws\"\n  version = %s\n}\n", constraint),
			".terraform/modules/modules.json", `{"Modules":[{"Key":"m","Source":"registry.terraform.io/example/m/aws","Version":"1.2.3","Dir":".terraform/modules/m"}]}`,
			".terraform/modules/m/main.tf", "resource \"aws_lambda_function_url\" \"u\" {\n  function_name = \"f\"\n  authorization_type = \"NONE\"\n}\n")
		urls, _ := r.Input["function_urls"].([]any)
		if got := len(urls) == 1; got != want {
			t.Errorf("%s: checked: %t, want %t; %v", constraint, got, want, r.Gaps)
		}
		if isGap := strings.Contains(strings.Join(r.Gaps, "\n"), "has version 1.2.3 of it"); isGap == want {
			t.Errorf("%s: %v", constraint, r.Gaps)
		}
	}
}
