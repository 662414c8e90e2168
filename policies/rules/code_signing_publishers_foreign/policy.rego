# METADATA
# title: Code signing trusts a signing profile of another account
# description: |
#   The other account can sign code that Lambda deploys and runs with the execution role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
#     description: Using code signing to verify code integrity
# schemas:
#   - input: schema.stack
# custom:
#   id: code-signing-publishers-foreign
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13a]
#   since: v0.1.0
#   cwe: [CWE-829]
#   peers: []
#   remediation: |
#     Remove the signing profile, or add its account to `trusted-accounts` in .lintel.yaml.
package rules.code_signing_publishers_foreign

import data.lib.accounts

deny contains {"at": profile.at, "message": $"{config.id} trusts the signing profile {profile.value} of account {account}", "key": profile.value} if {
	some config in input.signing_configs
	some profile in config.profiles.items
	account := regex.find_all_string_submatch_n(`^arn:[^:]*:signer:[^:]*:([0-9]{12}):`, profile.value, 1)[0][1]
	count(accounts.own) > 0
	accounts.third_party(account)
}
