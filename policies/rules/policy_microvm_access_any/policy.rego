# METADATA
# title: Execution role allows opening every MicroVM
# description: |
#   A shell token opens a shell in a running MicroVM, and an access token opens its ports. An
#   attacker who takes over the function can read the memory of every MicroVM and act with its
#   execution role (privilege escalation).
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/microvms-security.html
#     description: Security and permissions of MicroVMs
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-microvm-access-any
#   severity: high
#   category: identity
#   profile: default
#   practices: [2a, 3b]
#   yields_to: [policy-permissions-management]
#   since: v0.1.0
#   cwe: [CWE-269]
#   remediation: |
#     Restrict the action to the ARN of the image whose MicroVMs the function uses.
package rules.policy_microvm_access_any

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every MicroVM: it can open a shell or port in each of them"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.microvm_access)) > 0
}
