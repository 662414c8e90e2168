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
#   since: v0.1.0
#   cwe: [CWE-1220]
#   peers:
#     - KICS ae03f542
#     - KICS 4ba74f01
#     - CloudSploit lambdaUniqueExecutionRole
#   remediation: |
#     Give each function its own execution role with only the permissions that it needs.
package rules.role_shared

import data.lib.text

deny contains {"at": fn.role.at, "message": $"{fn.id} shares the execution role {roles[i]} with {text.names(others)}"} if {
	some i, fn in input.functions
	others := users[roles[i]] - {text.resource(fn.id)}
	count(others) > 0
}

# roles are, for every function, the id of its role, or the ARN of a role that is not in the
# template. A function has no entry if its role is one of several instances and the instance key
# is unknown.
roles[i] := id if {
	some i, fn in input.functions
	ids := {input.roles[target].id | some target in fn.role.targets}
	count(ids) == 1
	some id in ids
}

roles[i] := fn.role.value if {
	some i, fn in input.functions
	count(fn.role.targets) == 0
}

# users are, for every role, the functions that have it. Instances of one resource count as one.
users[role] contains text.resource(input.functions[i].id) if some i, role in roles
