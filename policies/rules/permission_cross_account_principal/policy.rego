# METADATA
# title: Another account may invoke the function
# description: |
#   Whoever administers the other account decides who of it invokes the function, and with what.
#   That must be intended, and somebody must notice when it is not any more.
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
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - Prowler awslambda_function_not_publicly_accessible
#   remediation: |
#     Remove the permission if nobody needs it, or narrow it to the role that calls. Add accounts
#     that are meant to trusted-accounts in .lintel.yaml.
package rules.permission_cross_account_principal

import data.lib.invoke

deny contains {"at": permission.principal.at, "message": $"{permission.id} lets account {account} invoke the function"} if {
	some permission in input.permissions
	account := invoke.account(permission.principal.value)
	not account in input.settings.trusted_accounts
}
