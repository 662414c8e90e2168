# METADATA
# title: Execution role has no permissions boundary
# description: |
#   A permissions boundary limits what a role may do, whatever policies it gets. Where teams create
#   roles themselves, it keeps a deployment from creating a role with more permissions than the team
#   has.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
#     description: Permissions boundaries for IAM entities
# schemas:
#   - input: schema.stack
# custom:
#   id: role-without-permissions-boundary
#   severity: info
#   category: identity
#   profile: all
#   practices: [3e]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - Config IAM_USER_PERMISSION_BOUNDARY_CHECK
#   remediation: |
#     Set the permissions boundary of the role to the policy that limits the roles of the team. In
#     SAM, set `PermissionsBoundary` of the function or in `Globals`.
package rules.role_without_permissions_boundary

import data.lib.grants

deny contains {"at": role.boundary.at, "message": $"{role.id} has no permissions boundary"} if {
	some i, role in input.roles
	grants.users[i]
	role.boundary.absent
}
