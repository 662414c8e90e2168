# METADATA
# title: Layer is shared with another account
# description: |
#   Administrators of the other account can read the code of the layer. Share a layer only with
#   accounts that you trust.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html
#     description: Granting layer access to other accounts
# schemas:
#   - input: schema.stack
# custom:
#   id: layer-permission-cross-account
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [10a, 13d]
#   since: v0.1.0
#   cwe: [CWE-200]
#   peers: []
#   remediation: |
#     Remove the permission if it is not needed. Add accounts that you trust to `trusted-accounts`
#     in .lintel.yaml.
package rules.layer_permission_cross_account

import data.lib.accounts
import data.lib.invoke

deny contains {"at": permission.principal.at, "message": $"{permission.id} allows cross-account use of the layer by {permission.principal.value}"} if {
	some permission in input.layer_permissions
	account := invoke.account(permission.principal.value)
	accounts.third_party(account)
}
