# METADATA
# title: Execution role allows invoking every function
# description: |
#   An attacker who takes over the function can invoke every other function with any event and so
#   use their permissions. The call bypasses the API or queue that validates their events.
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
#   practices: [3b, 10a]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cdk-nag AwsSolutions-IAM5
#   remediation: |
#     Restrict `lambda:InvokeFunction` to the ARNs of the functions that this function invokes.
package rules.policy_invoke_any_function

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every function"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.invoke)) > 0
}
