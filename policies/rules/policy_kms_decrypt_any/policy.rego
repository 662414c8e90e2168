# METADATA
# title: Role of a function may decrypt with every key
# description: |
#   Where the policies of the keys leave access to IAM, which is the default, a function that may
#   decrypt with every key can read everything that is encrypted in the account.
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
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - Config IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS
#     - Config IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS
#     - Security Hub KMS.1
#     - Security Hub KMS.2
#   remediation: |
#     Name the keys, or say through which service they may be used, with the condition key
#     kms:ViaService.
package rules.policy_kms_decrypt_any

import data.iam_risks
import data.lib.grants
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may decrypt with every key ({grant.name})"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.decrypt)) > 0
}
