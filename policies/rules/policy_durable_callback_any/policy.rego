# METADATA
# title: Execution role allows completing the callbacks of every durable function
# description: |
#   A durable function waits in a callback for an event outside of it, such as an approval. A
#   principal that can complete the callbacks of every function can forge approvals and results.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html
#     description: API reference, SendDurableExecutionCallbackSuccess
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-durable-callback-any
#   severity: medium
#   category: identity
#   profile: default
#   practices: [3b, 10a]
#   since: v0.1.0
#   cwe: [CWE-862]
#   remediation: |
#     Restrict the action to the ARNs of the durable functions whose callbacks this function
#     completes.
package rules.policy_durable_callback_any

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every function: it can complete the callbacks of every durable function"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.durable_callback)) > 0
}
