# METADATA
# title: Password policy does not require all character types
# description: |
#   Passwords of one character type are easier to guess, because most of them are words. Standards
#   such as the CIS benchmark require lowercase letters, uppercase letters, numbers and symbols.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
#     description: Set an account password policy for IAM users
# schemas:
#   - input: schema.stack
# custom:
#   id: password-policy-complexity
#   severity: medium
#   category: identity
#   profile: strict
#   practices: [14a]
#   since: v0.1.0
#   formats: [Terraform]
#   cwe: [CWE-521]
#   peers:
#     - Trivy AWS-0058
#     - Trivy AWS-0059
#     - Trivy AWS-0060
#     - Trivy AWS-0061
#     - Terrascan AC_AWS_0134-0137
#     - Regula password_*
#     - CKV_AWS_11
#     - CKV_AWS_12
#     - CKV_AWS_14
#     - CKV_AWS_15
#     - KICS a1b2c3d4
#     - KICS bts2c3d4
#     - KICS 2c3d4ghw
#     - Security Hub IAM.7
#   fix:
#     title: Require lowercase letters, uppercase letters, numbers and symbols
#     steps:
#       - set: true
#       - attribute: lowercase
#         set: true
#         also:
#           - {attribute: uppercase, set: true}
#           - {attribute: numbers, set: true}
#           - {attribute: symbols, set: true}
#   remediation: |
#     Set `require_lowercase_characters`, `require_uppercase_characters`, `require_numbers` and
#     `require_symbols` to true.
package rules.password_policy_complexity

# All arguments that are not set are one finding.
deny contains {"at": policy.at, "message": $"{policy.id} does not require {concat(", ", missing)}"} if {
	some policy in input.password_policies
	missing := {kind | some kind, required in kinds(policy); required.absent}
	count(missing) > 0
}

deny contains {"at": policy.lowercase.at, "message": $"{policy.id} does not require lowercase letters"} if {
	some policy in input.password_policies
	not policy.lowercase.absent
	policy.lowercase.value == false
}

deny contains {"at": policy.uppercase.at, "message": $"{policy.id} does not require uppercase letters"} if {
	some policy in input.password_policies
	not policy.uppercase.absent
	policy.uppercase.value == false
}

deny contains {"at": policy.numbers.at, "message": $"{policy.id} does not require numbers"} if {
	some policy in input.password_policies
	not policy.numbers.absent
	policy.numbers.value == false
}

deny contains {"at": policy.symbols.at, "message": $"{policy.id} does not require symbols"} if {
	some policy in input.password_policies
	not policy.symbols.absent
	policy.symbols.value == false
}

kinds(policy) := {
	"lowercase letters": policy.lowercase,
	"uppercase letters": policy.uppercase,
	"numbers": policy.numbers,
	"symbols": policy.symbols,
}
