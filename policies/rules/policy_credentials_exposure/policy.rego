# METADATA
# title: Execution role allows actions that return credentials
# description: |
#   The action returns tokens, keys or passwords that do not belong to the function. Without a
#   restriction to specific resources, an attacker who takes over the function gets credentials that
#   also work outside of it. The rule does not flag login tokens of container registries.
# related_resources:
#   - ref: https://cloudsplaining.readthedocs.io/
#     description: Cloudsplaining
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-credentials-exposure
#   severity: medium
#   category: identity
#   profile: default
#   practices: [3c, 13d]
#   since: v0.1.0
#   cwe: [CWE-522]
#   peers:
#     - CKV_AWS_107
#     - CKV_AWS_287
#   remediation: |
#     Restrict the action to the resources whose credentials the function needs, or remove it.
package rules.policy_credentials_exposure

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every resource (credentials exposure)"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.credentials)) > 0
}
