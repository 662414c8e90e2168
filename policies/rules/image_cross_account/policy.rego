# METADATA
# title: Container image of another account
# description: |
#   The code of the image runs with the execution role of the function. The other account can
#   replace the image of a tag.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
#     description: Create a Lambda function using a container image
# schemas:
#   - input: schema.stack
# custom:
#   id: image-cross-account
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-829]
#   peers: []
#   remediation: |
#     Copy the image to a repository of your own account after a review. Add accounts that you trust
#     to `trusted-accounts` in .lintel.yaml.
package rules.image_cross_account

import data.lib.accounts

deny contains {"at": fn.code.image_uri.at, "message": $"{fn.id} uses a cross-account image of account {account}"} if {
	some fn in input.functions
	not startswith(fn.code.image_uri.value, $"{accounts.example}.")
	account := regex.find_all_string_submatch_n(`^([0-9]{12})\.dkr[.-]ecr`, fn.code.image_uri.value, 1)[0][1]
	count(accounts.own) > 0
	accounts.third_party(account)
}
