# METADATA
# title: Every account of the organization can invoke the function
# description: |
#   A compromised account anywhere in the organization, for example a test account, can invoke the
#   function. The permission is limited to the organization, but not to the callers that need it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-organization.html
#     description: Granting function access to an organization
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-org-wide-principal
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [10a]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Limit the permission to the accounts or roles that call the function, or to the resource that
#     triggers it.
package rules.permission_org_wide_principal

import data.lib.iam
import data.lib.trust

deny contains {"at": permission.principal.at, "message": $"{permission.id} allows principal {permission.principal.value} to invoke the function from every account of organization {permission.principal_org_id.value}"} if {
	some permission in input.permissions
	iam.anyone(permission.principal.value)
	permission.principal_org_id.value
	permission.source_arn.absent
	permission.source_account.absent
}

# Every account can meet a source ARN that is a wildcard.
deny contains {"at": permission.principal.at, "message": $"{permission.id} allows principal {permission.principal.value} to invoke the function from every account of organization {permission.principal_org_id.value}"} if {
	some permission in input.permissions
	iam.anyone(permission.principal.value)
	permission.principal_org_id.value
	trust.any_value("aws:sourcearn", permission.source_arn.value)
	permission.source_account.absent
}
