# METADATA
# title: The template makes a long-lived access key
# description: |
#   The key is in the state or in the outputs of the stack, works from everywhere and does not
#   expire. Roles give temporary credentials to everything that runs on AWS, and to most of what
#   does not.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_273
#     - KICS 7081f85c
#     - KICS 48677914
#     - Terrascan AC_AWS_0133
#     - Security Hub IAM.3
#   remediation: |
#     Remove the key and let a role do the work. For systems outside of AWS use IAM Roles Anywhere
#     or OpenID Connect.
package rules.iam_user_access_key_in_template

deny contains {"at": key.at, "message": $"{key.id} is a long-lived key, and a function has it in its environment", "severity": "high"} if {
	some key in input.access_keys
	key.status.value == "Active"
	handed_over
}

deny contains {"at": key.at, "message": $"{key.id} is a long-lived key"} if {
	some key in input.access_keys
	key.status.value == "Active"
	not handed_over
	key.pgp_key.absent
}

deny contains {"at": key.at, "message": $"{key.id} is a long-lived key, encrypted for its owner", "severity": "low"} if {
	some key in input.access_keys
	key.status.value == "Active"
	not handed_over
	key.pgp_key.value
}

# handed_over reports whether a function gets the secret of a key.
handed_over if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	some source in variable.sources
	source in {"aws_iam_access_key.secret", "AWS::IAM::AccessKey.SecretAccessKey"}
}
