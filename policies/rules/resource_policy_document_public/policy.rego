# METADATA
# title: The resource policy of a function lets strangers in
# description: |
#   Everyone on AWS, or everyone who can make a service call for them, may do with the function
#   what the statement allows.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-resourcepolicy.html
#     description: AWS::Lambda::ResourcePolicy
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
#     description: The confused deputy problem
# schemas:
#   - input: schema.stack
# custom:
#   id: resource-policy-document-public
#   severity: critical
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Name the accounts or roles, or add a condition on the organization, the source account or the
#     source ARN.
package rules.resource_policy_document_public

import data.lib.iam
import data.lib.trust

deny contains {"at": principal.value.at, "message": $"{policy.id} lets anyone on AWS use the function"} if {
	some policy in input.resource_policies
	not denies(policy)
	some statement in policy.statements.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}

deny contains {"at": principal.value.at, "message": $"{policy.id} lets {principal.value.value} use the function for any account"} if {
	some policy in input.resource_policies
	some statement in policy.statements.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Service"
	iam.service(principal.value.value)
	not principal.value.value in {"edgelambda.amazonaws.com", "replicator.lambda.amazonaws.com"}
	statement.conditions.absent
}

# A second statement may turn away all strangers.
denies(policy) if {
	some statement in policy.statements.items
	not statement.effect.value == "Allow"
}
