# METADATA
# title: Functions share an execution role
# description: |
#   Each of the functions may do what any of them needs, so a flaw in one reaches the data of all.
#   The audit trail names the role, not the function.
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
#     Give every function a role of its own with what that function needs.
package rules.role_shared

import data.lib.text

deny contains {"at": fn.role.at, "message": $"{fn.id} shares {roles[i]} with {text.names(others)}"} if {
	some i, fn in input.functions
	others := users[roles[i]] - {text.resource(fn.id)}
	count(others) > 0
}

# roles are, for every function, the id of its role, or the ARN of a role that is declared
# elsewhere. A function is left out when several roles may be meant, because the key of an
# instance is not known.
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

# users are, for every role, the functions that run with it; instances of one resource are one.
users[role] contains text.resource(input.functions[i].id) if some i, role in roles
