# METADATA
# title: Role of a function may get credentials of others
# description: |
#   These actions return tokens, keys or passwords that are not the function's own. Without a limit
#   to some resources, whoever takes over the function leaves with credentials that work elsewhere.
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
#   since: v0.1.0
#   cwe: [CWE-522]
#   peers:
#     - CKV_AWS_107
#     - CKV_AWS_287
#   remediation: |
#     Name the resource whose credentials the function needs, or remove the action. Login tokens of
#     container registries are not meant and may stay.
package rules.policy_credentials_exposure

import data.iam_risks
import data.lib.grants
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may get credentials of others with {grant.name}"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.credentials)) > 0
}
