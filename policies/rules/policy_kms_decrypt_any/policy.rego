# METADATA
# title: Execution role allows decrypting with every KMS key
# description: |
#   A function that can use every KMS key can decrypt all data of the account whose key policy
#   delegates access to IAM, which is the default. Encryption then no longer limits what an attacker
#   who takes over the function can read.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
#     description: Best practices for IAM policies with KMS
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-kms-decrypt-any
#   severity: medium
#   category: identity
#   profile: default
#   practices: [3b, 7d]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - Config IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS
#     - Config IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS
#     - Security Hub KMS.1
#     - Security Hub KMS.2
#   remediation: |
#     Restrict the action to the ARNs of the KMS keys that the function uses, or to one service with
#     the condition key `kms:ViaService`.
package rules.policy_kms_decrypt_any

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every KMS key"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.decrypt)) > 0
}
