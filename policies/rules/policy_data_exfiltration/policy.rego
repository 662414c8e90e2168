# METADATA
# title: Execution role allows reading all data of a service
# description: |
#   A function that can read every object, item, secret or parameter of the account turns one
#   vulnerability in its code into data exfiltration. An attacker who takes over the function can
#   read all of them, not only the data that the function uses.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#     description: Apply least-privilege permissions
#   - ref: https://cloudsplaining.readthedocs.io/
#     description: Cloudsplaining
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-data-exfiltration
#   severity: high
#   category: identity
#   profile: default
#   practices: [3b, 13d]
#   since: v0.1.0
#   cwe: [CWE-200]
#   peers:
#     - Guard IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE
#     - Security Hub KMS.1
#     - Security Hub KMS.2
#     - CKV_AWS_108
#     - CKV_AWS_288
#   remediation: |
#     Restrict the action to the buckets, tables, secrets or parameters that the function reads, or
#     to the prefix that they have in common.
package rules.policy_data_exfiltration

import data.iam_risks
import data.lib.grants
import data.lib.iam

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on {what} (data exfiltration)"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.read_data)) > 0
	what := iam_risks.data_names[iam.service_of(grant.name)]
}
