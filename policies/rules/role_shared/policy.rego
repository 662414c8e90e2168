# METADATA
# title: Functions share an execution role
# description: |
#   Each function has the permissions that any of them needs, so a vulnerability in one function
#   exposes the data of all. Removing a permission requires a check of every function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: role-shared
#   severity: medium
#   category: identity
#   profile: default
#   practices: [5a]
#   since: v0.1.0
#   cwe: [CWE-1220]
#   peers:
#     - KICS ae03f542
#     - KICS 4ba74f01
#     - CloudSploit lambdaUniqueExecutionRole
#   remediation: |
#     Give each function its own execution role with only the permissions that it needs.
package rules.role_shared

import data.lib.shared
import data.lib.text

# role-shared-basic reports roles that allow only what every function needs.
deny contains {"at": at, "message": $"Execution role {role} is shared by {text.names(shared.users[role])}"} if {
	some role, places in shared.places
	some at in places
	role in shared.powerful
}
