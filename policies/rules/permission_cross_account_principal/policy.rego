# METADATA
# title: Another account can invoke the function
# description: |
#   Administrators of the other account decide which of its principals invoke the function, and with
#   which events. Cross-account access must be intended, and removed when it is no longer needed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#     description: Viewing resource-based IAM policies in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-cross-account-principal
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10a]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - Prowler awslambda_function_not_publicly_accessible
#   remediation: |
#     Remove the permission if it is not needed, or limit it to the role of the caller. Add accounts
#     that you trust to `trusted-accounts` in .lintel.yaml.
package rules.permission_cross_account_principal

import data.lib.accounts
import data.lib.invoke

deny contains {"at": permission.principal.at, "message": $"{permission.id} allows cross-account invocation by {permission.principal.value}"} if {
	some permission in input.permissions
	account := invoke.account(permission.principal.value)
	accounts.third_party(account)
}
