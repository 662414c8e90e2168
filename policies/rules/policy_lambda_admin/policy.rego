# METADATA
# title: Execution role allows creating, updating and deleting every function
# description: |
#   A function that manages all other functions makes each of them only as secure as itself: an
#   attacker who takes it over can replace their code or delete them. Deployments belong in a
#   pipeline with its own role. `lambda:*` is reported by policy-service-wildcard.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html
#     description: Managing permissions in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-lambda-admin
#   severity: medium
#   category: identity
#   profile: default
#   practices: [2a, 3b]
#   yields_to: [policy-privilege-escalation]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - Guard IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS
#     - cdk-nag AwsSolutions-IAM5
#   remediation: |
#     Move the deployment of functions to a pipeline with its own role, or restrict the statement to
#     the functions that this function manages.
package rules.policy_lambda_admin

import data.lib.grants
import data.lib.iam

deny contains {"at": statement, "message": $"{role.id} ({grants.purpose[i]}) allows lambda:CreateFunction, lambda:UpdateFunctionCode and lambda:DeleteFunction on every function"} if {
	some i, role in input.roles
	some statement in {grant["in"] | some grant in grants.broad[i]}
	every action in ["lambda:createfunction", "lambda:deletefunction", "lambda:updatefunctioncode"] {
		some grant in grants.broad[i]
		grant["in"] == statement
		iam.matches(grant.name, action)
		not grants.denied(i, action)
	}
}
