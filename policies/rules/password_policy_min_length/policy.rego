# METADATA
# title: Password policy allows fewer than 14 characters
# description: |
#   Short passwords are quick to guess, and quick to recover from leaked password hashes. An
#   attacker with the password of a user who can deploy can change every function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
#     description: Set an account password policy for IAM users
# schemas:
#   - input: schema.stack
# custom:
#   id: password-policy-min-length
#   severity: medium
#   category: identity
#   profile: strict
#   practices: [14a]
#   since: v0.1.0
#   formats: [Terraform]
#   cwe: [CWE-521]
#   peers:
#     - Trivy AWS-0063
#     - CKV_AWS_10
#     - KICS 1bc1c685
#     - KICS b1b20ae3
#     - Terrascan AC_AWS_0141
#     - Terrascan AC_AWS_0142
#     - Regula password_length
#     - Security Hub IAM.7
#     - Security Hub IAM.10
#     - Prowler iam_password_policy_minimum_length_14
#   fix:
#     title: Set the minimum password length to 14
#     set: 14
#   remediation: |
#     Set `minimum_password_length` to 14 or more.
package rules.password_policy_min_length

deny contains {"at": policy.min_length.at, "message": $"{policy.id} allows passwords of {policy.min_length.value} characters, fewer than 14"} if {
	some policy in input.password_policies
	policy.min_length.value < 14
}
