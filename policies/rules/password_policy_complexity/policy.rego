# METADATA
# title: Passwords need not mix kinds of characters
# description: |
#   Passwords of one kind of characters are guessed much sooner, because most of them are words.
#   Standards like the CIS benchmark ask for all four kinds.
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
#   since: v0.1.0
#   formats: [Terraform]
#   cwe: [CWE-521]
#   peers:
#     - CKV_AWS_11
#     - CKV_AWS_12
#     - CKV_AWS_14
#     - CKV_AWS_15
#     - AWS-0058
#     - AWS-0059
#     - AWS-0060
#     - AWS-0061
#     - KICS a1b2c3d4
#     - KICS bts2c3d4
#     - KICS 2c3d4ghw
#     - Terrascan AC_AWS_0134
#     - Terrascan AC_AWS_0135
#     - Terrascan AC_AWS_0136
#     - Terrascan AC_AWS_0137
#     - Security Hub IAM.7
#   fix:
#     title: Ask for letters of both cases, numbers and symbols
#     steps:
#       - set: true
#       - attribute: lowercase
#         set: true
#         also:
#           - {attribute: uppercase, set: true}
#           - {attribute: numbers, set: true}
#           - {attribute: symbols, set: true}
#   remediation: |
#     Set require_lowercase_characters, require_uppercase_characters, require_numbers and
#     require_symbols to true.
package rules.password_policy_complexity

import data.lib.text

# What is not required because nobody wrote it is one finding.
deny contains {"at": policy.at, "message": $"{policy.id} does not require {text.names(missing)}"} if {
	some policy in input.password_policies
	missing := {kind | some kind, required in kinds(policy); required.absent}
	count(missing) > 0
}

deny contains {"at": policy.lowercase.at, "message": $"{policy.id} does not require lower-case letters"} if {
	some policy in input.password_policies
	not policy.lowercase.absent
	policy.lowercase.value == false
}

deny contains {"at": policy.uppercase.at, "message": $"{policy.id} does not require upper-case letters"} if {
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
	"lower-case letters": policy.lowercase,
	"upper-case letters": policy.uppercase,
	"numbers": policy.numbers,
	"symbols": policy.symbols,
}
