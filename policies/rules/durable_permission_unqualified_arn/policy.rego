# METADATA
# title: Permission for durable executions has the ARN of a function without a qualifier
# description: |
#   Lambda authorizes actions on durable executions against the ARN of the execution, which continues
#   the ARN of a version. The ARN of a function without a qualifier never matches, so that the calls
#   are denied. The usual workaround is `*`.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
# schemas:
#   - input: schema.stack
# custom:
#   id: durable-permission-unqualified-arn
#   severity: medium
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-863]
#   peers: []
#   fix:
#     title: Also allow durable executions of all versions
#     item: {computed: true}
#   remediation: |
#     Add the function ARN followed by `:*` to the resources of the statement.
package rules.durable_permission_unqualified_arn

import data.lib.text

deny contains {
	"at": resource.at,
	"key": $"{name(resource)}",
	"message": $"{role.id} allows {text.names(denied[statement.at])} for function:{name(resource)} without a qualifier, which matches no durable execution",
	"set": $"{resource.value}:*",
} if {
	some role in input.roles
	some statement in role.statements.items
	denied[statement.at]
	some resource in statement.resources.items
	resource.value
}

deny contains {
	"at": resource.at,
	"key": $"{name(resource)}",
	"message": $"{role.id} allows {text.names(denied[statement.at])} for function:{name(resource)} without a qualifier, which matches no durable execution",
} if {
	some role in input.roles
	some statement in role.statements.items
	denied[statement.at]
	some resource in statement.resources.items
	resource.unknown
}

# denied are the actions on durable executions that statements with nothing but unqualified ARNs of functions name, by the
# place of the statement.
denied[statement.at] contains action.value if {
	some role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	of_executions(lower(action.value))
	not statement.resources.unknown
	count(statement.resources.items) > 0
	every resource in statement.resources.items {
		name(resource)
	}
}

# of_executions reports whether an action is authorized against the ARN of a durable execution.
of_executions(action) if action in {
	"lambda:checkpointdurableexecution", "lambda:getdurableexecution", "lambda:getdurableexecutionhistory",
	"lambda:getdurableexecutionstate", "lambda:senddurableexecutioncallbackfailure",
	"lambda:senddurableexecutioncallbackheartbeat", "lambda:senddurableexecutioncallbacksuccess", "lambda:stopdurableexecution",
}

# name is the name of the function in an ARN without a qualifier, of which the beginning may be unknown.
name(resource) := regex.find_all_string_submatch_n(`^arn:[^*]*:lambda:[^*]*:function:([A-Za-z0-9_-]+)$`, resource.value, 1)[0][1]

name(resource) := found if {
	startswith(resource.prefix, "arn:")
	found := regex.find_all_string_submatch_n(`:function:([A-Za-z0-9_-]+)$`, resource.suffix, 1)[0][1]
}
