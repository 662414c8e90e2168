# METADATA
# title: Role of a function may invoke every function
# description: |
#   Whoever takes over the function can call all others, with any event, past the API or queue that
#   checks events for them, and so use their rights.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-user-function.html
#     description: Granting users access to a Lambda function
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-invoke-any-function
#   severity: medium
#   category: identity
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cdk-nag AwsSolutions-IAM5
#   remediation: |
#     Name the functions that are invoked.
package rules.policy_invoke_any_function

import data.iam_risks
import data.lib.grants
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may invoke every function"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.invoke)) > 0
}
