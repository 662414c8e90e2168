# METADATA
# title: Password policy allows password reuse
# description: |
#   A leaked password gives access again when the user returns to it. Users often do so when they
#   have to change their password.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
#     description: Set an account password policy for IAM users
# schemas:
#   - input: schema.stack
# custom:
#   id: password-policy-reuse
#   severity: low
#   category: identity
#   profile: strict
#   practices: [14a]
#   since: v0.1.0
#   formats: [Terraform]
#   cwe: [CWE-521]
#   peers:
#     - Trivy AWS-0056
#     - CKV_AWS_13
#     - KICS 89806cdc
#     - Terrascan AC_AWS_0472
#     - Regula password_reuse
#     - Prowler iam_password_policy_reuse_24
#   fix:
#     title: Prevent the reuse of the last 24 passwords
#     set: 24
#   remediation: |
#     Set `password_reuse_prevention` to 24.
package rules.password_policy_reuse

deny contains {"at": policy.remembered.at, "message": $"{policy.id} prevents the reuse of {policy.remembered.value} previous passwords, fewer than 24"} if {
	some policy in input.password_policies
	policy.remembered.value < 24
}
