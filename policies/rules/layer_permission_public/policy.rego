# METADATA
# title: Layer is public
# description: |
#   Everyone with an AWS account can download a public layer. This exposes the code in it, and files
#   that were packaged by mistake.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html
#     description: Granting layer access to other accounts
# schemas:
#   - input: schema.stack
# custom:
#   id: layer-permission-public
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10a, 13d]
#   since: v0.1.0
#   cwe: [CWE-200]
#   peers:
#     - Guard LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED
#     - Guard LAMBDA_NO_WILDCARD_PRINCIPALS
#   remediation: |
#     Share the layer only with the accounts that use it, or with your organization.
package rules.layer_permission_public

import data.lib.trust

deny contains {"at": permission.principal.at, "message": $"{permission.id} makes the layer public: its principal is {permission.principal.value}"} if {
	some permission in input.layer_permissions
	permission.principal.value == "*"
	permission.organization_id.absent
}

# Every account can be in an organization that a wildcard matches.
deny contains {"at": permission.principal.at, "message": $"{permission.id} makes the layer public: its principal is {permission.principal.value} and its organization is {permission.organization_id.value}"} if {
	some permission in input.layer_permissions
	permission.principal.value == "*"
	trust.any_value("aws:principalorgid", permission.organization_id.value)
}
