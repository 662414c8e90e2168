# METADATA
# title: Layer of another account
# description: |
#   The code of the layer runs with the execution role of the function. The publisher decides what
#   is in each version and can withdraw it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
#     description: Managing Lambda dependencies with layers
# schemas:
#   - input: schema.stack
# custom:
#   id: layer-cross-account
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-829]
#   peers:
#     - Prowler awslambda_function_using_cross_account_layers
#   remediation: |
#     Publish the layer in your own account after a review. Add accounts that you trust to
#     `trusted-accounts` in .lintel.yaml.
package rules.layer_cross_account

import data.layer_publishers
import data.lib.accounts

deny contains {"at": layer.at, "message": $"{fn.id} uses a cross-account layer of account {account}", "key": $"{account}"} if {
	some fn in input.functions
	some layer in fn.layers.items
	some part in ["value", "suffix"] # the region is often unknown
	account := regex.find_all_string_submatch_n(`:([0-9]{12}):layer:`, layer[part], 1)[0][1]
	accounts.third_party(account)
	not layer_publishers.accounts[account]
}
