# METADATA
# title: Execution role allows switching off code signing
# description: |
#   Code signing rejects code that no trusted publisher has signed. A principal that can change the
#   code signing configuration of every function can remove it, or trust another publisher, and then
#   deploy unsigned code. Deployment roles are not checked: the rule reads the execution roles of
#   functions.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
#     description: Using code signing to verify code integrity with Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-code-signing-bypass
#   severity: medium
#   category: identity
#   profile: default
#   practices: [2b, 3c, 13a]
#   yields_to: [policy-lambda-admin, policy-permissions-management, policy-privilege-escalation]
#   since: v0.1.0
#   cwe: [CWE-347]
#   remediation: |
#     Remove the action from the execution role. The role that deploys the functions changes their
#     code signing configuration.
package rules.policy_code_signing_bypass

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every function: it can switch off code signing"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.code_signing)) > 0
}
