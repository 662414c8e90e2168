# METADATA
# title: Every account of the organization may invoke the function
# description: |
#   The permission is bounded, but wide: a test account that somebody breaks into can invoke the
#   function as well as production can.
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
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Name the accounts or roles that call, or the resource that triggers.
package rules.permission_org_wide_principal

import data.lib.iam

deny contains {"at": permission.principal.at, "message": $"{permission.id} is for every account of organization {permission.principal_org_id.value}"} if {
	some permission in input.permissions
	iam.anyone(permission.principal.value)
	permission.principal_org_id.value
	permission.source_arn.absent
	permission.source_account.absent
}
