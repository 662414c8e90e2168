# METADATA
# title: Role of a function may read all data of a service
# description: |
#   A function that may read every object, item, secret or parameter of the account turns one flaw
#   in its code into a leak of all of them.
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
#   since: v0.1.0
#   cwe: [CWE-200]
#   peers:
#     - CKV_AWS_108
#     - CKV_AWS_288
#   remediation: |
#     Name the buckets, tables, secrets or parameters that the function reads, or the prefix that
#     they have in common.
package rules.policy_data_exfiltration

import data.iam_risks
import data.lib.grants
import data.lib.iam
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may read {what}"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.read_data)) > 0
	what := iam_risks.data_names[iam.service_of(grant.name)]
}
