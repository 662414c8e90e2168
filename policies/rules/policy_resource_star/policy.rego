# METADATA
# title: Execution role allows actions on every resource
# description: |
#   The statement allows the actions on every resource, including resources that are created later,
#   although AWS supports restricting them to specific ones. The rule does not flag actions that AWS
#   supports only on every resource, or statements that another rule reports for the same reason.
# related_resources:
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
#     description: Actions, resources and condition keys for AWS services
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_examples.html
#     description: Example IAM identity-based policies
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-resource-star
#   severity: medium
#   category: identity
#   profile: strict
#   practices: [3b]
#   yields_to: [policy-data-exfiltration, policy-permissions-management, policy-privilege-escalation, policy-service-wildcard]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - Trivy AWS-0114
#     - KICS e39bee8c
#     - CKV_AWS_111
#     - CKV_AWS_290
#     - CKV_AWS_355
#     - CKV_AWS_356
#     - cfn_nag W11
#     - cfn_nag W12
#     - cfn_nag W13
#     - Guard IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE
#     - cdk-nag AwsSolutions-IAM5
#     - cfn-lint I3510
#   remediation: |
#     Replace `*` with the ARNs of the resources that the function uses. Put actions that require
#     every resource into a separate statement.
package rules.policy_resource_star

import data.iam_actions
import data.iam_risks
import data.lib.actions
import data.lib.grants
import data.lib.iam
import data.lib.text

deny contains {"at": resource.at, "key": concat(" ", sort(names | {resource.value})), "message": $"{role.id} ({grants.purpose[i]}) allows {text.names(names)} on every resource: Resource is {resource.value}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	some resource in statement.resources.items
	not resource.plain
	iam.reach(resource.value) == "*"
	names := {grant.name |
		some grant in grants.broad[i]
		grant["in"] == statement.at
		actions.scopable(grant.name)
	}
	count(names) > 0
	not reported(i, statement.at)
}

# reported reports whether another rule flags a statement for what it allows on every resource.
reported(i, statement) if {
	some grant in grants.open[i]
	grant["in"] == statement
	iam.service_wildcard(grant.name)
	not iam.service_of(grant.name) in iam_actions.harmless
}

reported(i, statement) if {
	some grant in grants.broad[i]
	grant["in"] == statement
	some list in [
		iam_actions.permissions, iam_risks.assume, iam_risks.capacity, iam_risks.code_signing, iam_risks.credentials,
		iam_risks.decrypt, iam_risks.durable_callback, iam_risks.invoke, iam_risks.microvm_access, iam_risks.pass,
		iam_risks.read_data,
	]
	count(grants.granted(i, grant, list)) > 0
}

reported(i, statement) if {
	some way in grants.ways[i]
	way["in"] == statement
}
