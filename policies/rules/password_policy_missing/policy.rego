# METADATA
# title: IAM users have passwords, but no password policy is declared
# description: |
#   Without a password policy, AWS accepts passwords of eight characters that never expire and can
#   be reused. The policy belongs where the users are managed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
#     description: Set an account password policy for IAM users
# schemas:
#   - input: schema.stack
# custom:
#   id: password-policy-missing
#   severity: low
#   category: identity
#   profile: strict
#   practices: [14a]
#   since: v0.1.0
#   formats: [Terraform]
#   cwe: [CWE-521]
#   peers:
#     - KICS b592ffd4
#     - Security Hub IAM.7
#     - Security Hub IAM.10
#     - Config IAM_PASSWORD_POLICY
#   fix:
#     title: Declare a password policy with the values of the CIS benchmark
#     unsafe: it replaces a password policy that the account already has, and passwords that are older than 90 days expire immediately
#     resource:
#       suffix: strict
#       terraform: |
#         resource "aws_iam_account_password_policy" "{name}" {
#           minimum_password_length        = 14
#           require_lowercase_characters   = true
#           require_uppercase_characters   = true
#           require_numbers                = true
#           require_symbols                = true
#           allow_users_to_change_password = true
#           max_password_age               = 90
#           password_reuse_prevention      = 24
#         }
#   remediation: |
#     Declare an `aws_iam_account_password_policy` with at least 14 characters of all four character
#     types and 24 remembered passwords.
package rules.password_policy_missing

# One finding is enough, at the first user.
deny contains {"at": profile.user.at, "message": $"{profile.id} sets a console password, but no password policy is declared"} if {
	count(input.password_policies) == 0
	profile := input.login_profiles[0]
	profile.type == "aws_iam_user_login_profile" # CloudFormation cannot declare a password policy
	managed_here(profile.user)
}

managed_here(user) if count(user.targets) > 0

managed_here(user) if user.value
