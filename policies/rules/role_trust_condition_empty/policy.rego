# METADATA
# title: Trust condition of the execution role excludes nothing
# description: |
#   A condition on the source of the request limits which functions a service can use the role for
#   (confused deputy). This condition is met by every function in every account: its operator
#   accepts requests without the key, or its value is a wildcard. It looks like a limit and is none.
#   A trust policy without a condition is not reported: a function gets only a role that its creator
#   may pass.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
#     description: The confused deputy problem
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
#     description: IAM JSON policy elements, condition operators
# schemas:
#   - input: schema.stack
# custom:
#   id: role-trust-condition-empty
#   severity: low
#   category: identity
#   profile: strict
#   practices: [5b]
#   since: v0.1.0
#   cwe: [CWE-441]
#   remediation: |
#     Set `aws:SourceAccount` to the account of the functions with `StringEquals`, or remove the
#     condition.
package rules.role_trust_condition_empty

import data.lib.grants
import data.lib.text
import data.lib.trust

deny contains {"at": condition.at, "key": condition.key.value, "message": $"{role.id} ({grants.purpose[i]}) trusts {text.names(services)} under a condition that excludes nothing: {condition.operator.value} of {condition.key.value}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.trust.items
	count(statement.conditions.items) > 0
	services := {principal.value.value |
		some principal in statement.principals.items
		principal.kind.value == "Service"
		runs_functions(principal.value.value)
	}
	count(services) > 0
	trust.hands_out(statement)
	not trust.narrowed(statement.conditions, trust.not_who)
	some condition in statement.conditions.items
	regex.match(source, lower(condition.key.value))
}

# role-trust-extra-principals reports other services.
runs_functions(principal) if trust.lambda(principal)

runs_functions(principal) if trust.edge(principal)

# source matches the condition keys about the resource for which a service acts.
source := `^aws:source(account|arn|orgid|orgpaths)$`
