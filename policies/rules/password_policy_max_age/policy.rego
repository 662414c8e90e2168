# METADATA
# title: Passwords do not expire, or users cannot change them
# description: |
#   A leaked password that never expires stays valid until the leak is noticed. Users who cannot
#   change their own passwords cannot react to a leak, and administrators know their passwords.
#   Newer recommendations prefer long passwords to expiring ones, so this rule is for accounts that
#   must comply with a standard.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
#     description: Set an account password policy for IAM users
# schemas:
#   - input: schema.stack
# custom:
#   id: password-policy-max-age
#   severity: low
#   category: identity
#   profile: strict
#   practices: [14a]
#   since: v0.1.0
#   formats: [Terraform]
#   cwe: [CWE-262]
#   peers:
#     - Trivy AWS-0062
#     - CKV_AWS_9
#     - KICS ce60d060
#     - KICS 9ef7d25d
#     - Terrascan AC_AWS_0138
#     - Regula password_expiration
#     - Prowler iam_password_policy_expires_passwords_within_90_days_or_less
#   fix:
#     title: Expire passwords after 90 days and allow users to change them
#     unsafe: passwords that are older than 90 days expire immediately
#     set: {computed: true}
#   remediation: |
#     Set `max_password_age` to 90 or less, and leave `allow_users_to_change_password` at true.
package rules.password_policy_max_age

deny contains {"at": policy.max_age.at, "message": $"{policy.id} has a maximum password age of 0 days: passwords never expire", "set": "90"} if {
	some policy in input.password_policies
	policy.max_age.value == 0
}

deny contains {"at": policy.max_age.at, "message": $"{policy.id} has a maximum password age of {policy.max_age.value} days, which exceeds 90", "set": "90"} if {
	some policy in input.password_policies
	policy.max_age.value > 90
}

deny contains {"at": policy.users_change.at, "message": $"{policy.id} does not allow users to change their own passwords", "set": "true"} if {
	some policy in input.password_policies
	policy.users_change.value == false
}
