# METADATA
# title: Template creates a long-lived access key
# description: |
#   The secret of an access key in a template is stored in the Terraform state or shown in the
#   outputs of the stack. It works from everywhere and does not expire. Roles provide temporary
#   credentials to workloads on AWS and, through federation, to most others.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
# schemas:
#   - input: schema.stack
# custom:
#   id: iam-user-access-key-in-template
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [6c, 14c]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_273
#     - KICS 7081f85c
#     - KICS 48677914
#     - Terrascan AC_AWS_0133
#     - Security Hub IAM.3
#   remediation: |
#     Remove the access key and use a role. For systems outside AWS, use IAM Roles Anywhere or
#     OpenID Connect.
package rules.iam_user_access_key_in_template

import data.lib.environments
import data.lib.text

deny contains {"at": key.at, "message": $"{key.id} is a long-lived access key, and the environment of {text.names(exposing[k])} contains its secret", "severity": "high"} if {
	some k, key in input.access_keys
	key.status.value == "Active"
	count(exposing[k]) > 0
}

deny contains {"at": key.at, "message": $"{key.id} is a long-lived access key that does not expire"} if {
	some k, key in input.access_keys
	key.status.value == "Active"
	not exposing[k]
	key.pgp_key.absent
}

deny contains {"at": key.at, "message": $"{key.id} is a long-lived access key with an encrypted secret", "severity": "low"} if {
	some k, key in input.access_keys
	key.status.value == "Active"
	not exposing[k]
	key.pgp_key.value
}

# exposing are, for every access key, what has its secret in an environment variable.
exposing[k] contains id if {
	some id, variables in environments.variables
	some variable in variables
	some source in variable.sources
	source in {"aws_iam_access_key.secret", "AWS::IAM::AccessKey.SecretAccessKey"}
	some ref in variable.refs
	some k, key in input.access_keys
	refers_to(ref, key.id)
}

refers_to(ref, id) if ref == id

# The reference has no instance key if the key is unknown.
refers_to(ref, id) if ref == text.resource(id)
