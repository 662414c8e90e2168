# METADATA
# title: Execution role allows actions on every resource except some (NotResource)
# description: |
#   `Allow` with `NotResource` allows the actions on every resource except the listed ones. This
#   includes resources that are created later, and resources of other services.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
#     description: The policy element NotResource
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-notresource-allow
#   severity: high
#   category: identity
#   profile: default
#   practices: [3b]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cfn_nag W21
#     - cfn_nag W22
#     - cfn_nag W23
#     - Guard IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE
#   remediation: |
#     Replace `NotResource` with a `Resource` list of what the function uses. To protect some
#     resources, add a separate statement with the effect `Deny`.
package rules.policy_notresource_allow

import data.lib.grants
import data.lib.text

deny contains {"at": statement.not_resources.at, "key": concat(" ", sort(spared)), "message": $"{role.id} ({grants.purpose[i]}) allows actions on every resource except {listed(spared)} (NotResource)"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	count(statement.not_resources.items) > 0
	spared := {resource.value | some resource in statement.not_resources.items}
}

listed(spared) := text.names(spared) if count(spared) > 0

# All of them can be unknown until deployment.
listed(spared) := "the listed ones" if count(spared) == 0
