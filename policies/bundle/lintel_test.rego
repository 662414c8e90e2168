package lintel_test

import data.lintel

unit := {
	"unit": "main.tf",
	"input": {"function_urls": [{"id": "aws_lambda_function_url.api", "at": 0, "auth_type": {"at": 1, "value": "NONE"}}], "today": "2026-11-24"},
	"places": [
		{"file": "main.tf", "line": 1, "column": 1, "resource": "aws_lambda_function_url.api"},
		{"file": "main.tf", "line": 3, "column": 5, "resource": "aws_lambda_function_url.api"},
	],
	"problems": [{"file": "x.tf", "line": 2, "message": "not read"}],
	"gaps": [{"file": "y.tf", "line": 3, "cause": "module", "message": "not downloaded"}],
}

rules := {"function_url_auth_none": {"id": "function-url-auth-none", "title": "t", "profile": "default", "severity": "critical", "remediation": "r"}}

test_finds_in_the_whole_model_and_in_one_unit if {
	every model in [[unit], unit] {
		some finding in lintel.findings with input as model with data.lintel.rules as rules
		finding.rule == "function-url-auth-none"
		finding.line == 3
		finding.file == "main.tf"
	}
}

test_says_what_was_not_checked if {
	some failure in data.main.deny with input as [unit] with data.lintel.rules as rules
	failure.msg == "x.tf:2: not checked: not read"
}

test_warns_about_gaps if {
	some remark in data.main.warn with input as [unit] with data.lintel.rules as rules
	remark.msg == "y.tf:3: gap (module): not downloaded"
}

test_says_that_something_is_no_model if {
	every model in ["text", {"resource": {}}, [1]] {
		count(data.main.deny) == 1 with input as model with data.lintel.rules as rules
	}
}

yielding := {
	"worse": {"id": "worse", "title": "t", "profile": "strict", "severity": "high", "remediation": "r"},
	"milder": {"id": "milder", "title": "t", "profile": "default", "severity": "low", "remediation": "r", "yields_to": ["worse"]},
}

# places are a node of a resource and what contains it or is beside it.
places := [
	{"file": "main.tf", "line": 1, "column": 1, "resource": "r"},
	{"file": "main.tf", "line": 2, "column": 1, "resource": "r", "attribute": "a"},
	{"file": "main.tf", "line": 3, "column": 1, "resource": "r", "attribute": "a/b"},
	{"file": "main.tf", "line": 4, "column": 1, "resource": "r", "attribute": "ab"},
	{"file": "main.tf", "line": 5, "column": 1, "resource": "s", "attribute": "a"},
	{"file": "main.tf", "line": 6, "column": 1, "resource": "r", "attribute": "a", "when": "c"},
]

rules_with(worse, milder) := {
	"worse": {"deny": {{"at": worse, "message": "m"}}},
	"milder": {"deny": {{"at": milder, "message": "m"}}},
}

found_with(worse, milder, profile) := {finding.rule |
	some finding in lintel.reported_with(profile) with input as {"input": {}, "places": places}
		with data.lintel.rules as yielding
		with data.rules as rules_with(worse, milder)
}

test_yields_to_a_finding_at_the_node_around_or_inside if {
	every pair in [[1, 1], [0, 2], [2, 0], [1, 5], [0, 5]] {
		found_with(pair[0], pair[1], "strict") == {"worse"}
	}
}

test_yields_to_no_finding_elsewhere if {
	every pair in [[1, 3], [1, 4], [5, 1]] {
		found_with(pair[0], pair[1], "strict") == {"worse", "milder"}
	}
}

test_yields_to_no_rule_outside_of_the_profile if found_with(1, 1, "default") == {"milder"}
