# METADATA
# title: Functions share an execution role with basic permissions
# description: |
#   The role allows only logs, metrics, traces and a VPC. The next permission that one function needs
#   reaches all of them, and the audit log shows the same role for all.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: role-shared-basic
#   severity: low
#   category: identity
#   profile: strict
#   practices: [5a]
#   yields_to: [role-shared]
#   since: v0.1.0
#   cwe: [CWE-1220]
#   peers: []
#   remediation: |
#     Give each function its own execution role.
package rules.role_shared_basic

import data.lib.shared
import data.lib.text

# role-shared reports roles that allow more.
deny contains {"at": at, "message": $"Execution role {role} is shared by {text.names(shared.users[role])}"} if {
	some role, places in shared.places
	some at in places
	role in shared.few
}
