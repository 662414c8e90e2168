# METADATA
# title: Resource-based policy makes the function public
# description: |
#   The statement allows any AWS account, or an AWS service on behalf of any account (confused
#   deputy), to use the function. Callers choose the event, and the function processes it with its
#   own permissions.
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
#   practices: [2a, 10a, 13e]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Set `Principal` to the accounts or roles that use the function, or add a condition on the
#     organization, the source account or the source ARN.
package rules.resource_policy_document_public

import data.lib.iam
import data.lib.invoke
import data.lib.trust

deny contains {"at": principal.value.at, "key": principal.value.value, "message": $"{policy.id} makes the function public: Principal is {principal.value.value}"} if {
	some policy in input.resource_policies
	not trust.turned_away(policy.statements, using)
	some statement in policy.statements.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}

deny contains {"at": statement.not_principals.at, "key": "NotPrincipal", "message": $"{policy.id} makes the function public: it allows every principal except those in NotPrincipal"} if {
	some policy in input.resource_policies
	not trust.turned_away(policy.statements, using)
	some statement in policy.statements.items
	statement.effect.value == "Allow"
	statement.not_principals.items[0].kind.value
	not trust.narrowed(statement.conditions, trust.not_who)
}

# The actions of which a Deny matters: those that invoke the function.
using := {"lambda:invokefunction", "lambda:invokefunctionurl"}

deny contains {"at": principal.value.at, "key": principal.value.value, "message": $"{policy.id} allows {principal.value.value} to use the function without a source ARN or source account (confused deputy)"} if {
	some policy in input.resource_policies
	some statement in policy.statements.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Service"
	iam.service(principal.value.value)
	not invoke.needs_no_source(principal.value.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}
