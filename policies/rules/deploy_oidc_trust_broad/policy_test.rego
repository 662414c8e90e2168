package rules.deploy_oidc_trust_broad_test

import data.rules.deploy_oidc_trust_broad as rule

test_severity if {
	rule.severity({"value": "repo:acme/*"}) == "medium"
	rule.severity({"value": "project_path:acme/*:ref_type:branch:ref:main"}) == "medium"
	rule.severity({"unknown": true, "prefix": "repo:", "suffix": "/*"}) == "medium"
	rule.severity({"value": "repo:acme*"}) == "critical"
	rule.severity({"value": "repo:*/orders:ref:refs/heads/main"}) == "critical"
	rule.severity({"value": "*"}) == "critical"
}
