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
#   practices: [3d]
#   since: v0.1.0
#   cwe: [CWE-863]
#   peers: []
#   fix:
#     title: Also allow durable executions of all versions
#     item: {computed: true}
#   remediation: |
#     Add the function ARN followed by `:*` to the resources of the statement.
package rules.durable_permission_unqualified_arn

import data.execution_policies
import data.lib.grants
import data.lib.iam
import data.lib.text

deny contains {
	"at": resource.at,
	"key": $"{name(resource)}",
	"message": $"{role.id} allows {text.names(denied[[role.id, statement.at]])} for {resource.value} without a qualifier, which matches no durable execution",
	"set": $"{resource.value}:*",
} if {
	some role in input.roles
	some statement in role.statements.items
	denied[[role.id, statement.at]]
	some resource in statement.resources.items
	resource.value
}

deny contains {
	"at": resource.at,
	"key": $"{name(resource)}",
	"message": $"{role.id} allows {text.names(denied[[role.id, statement.at]])} for function:{name(resource)} without a qualifier, which matches no durable execution",
} if {
	some role in input.roles
	some statement in role.statements.items
	denied[[role.id, statement.at]]
	some resource in statement.resources.items
	resource.suffix
}

# denied are the actions on durable executions that statements of a role with nothing but unqualified ARNs of functions name,
# and nothing else allows, by the role and the place of the statement.
denied[[role.id, statement.at]] contains action.value if {
	some i, role in input.roles
	"lambda" in grants.services[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	of_executions(lower(action.value))
	not statement.resources.unknown
	count(statement.resources.items) > 0
	every resource in statement.resources.items {
		name(resource)
	}
	not allowed_elsewhere(role, lower(action.value))
}

# allowed_elsewhere reports whether a role allows an action on durable executions by another statement, or may.
allowed_elsewhere(role, _) if role.statements.unknown

allowed_elsewhere(role, _) if role.managed_policies.unknown

allowed_elsewhere(role, _) if {
	some policy in role.managed_policies.items
	count(policy.targets) == 0
	not without_executions(policy)
}

allowed_elsewhere(role, action) if {
	some statement in role.statements.items
	not statement.effect.value == "Deny"
	may_include(statement, action)
	some resource in statement.resources.items
	not name(resource)
}

allowed_elsewhere(role, _) if {
	some statement in role.statements.items
	statement.resources.unknown
}

allowed_elsewhere(role, _) if {
	some statement in role.statements.items
	count(statement.not_resources.items) > 0
}

may_include(statement, _) if statement.actions.unknown

may_include(statement, _) if count(statement.not_actions.items) > 0

may_include(statement, action) if {
	some pattern in statement.actions.items
	iam.matches(pattern.value, action)
}

may_include(statement, _) if {
	some pattern in statement.actions.items
	pattern.unknown
}

# without_executions reports whether a managed policy is one of AWS that allows nothing on durable executions.
without_executions(policy) if {
	some part in ["value", "suffix"]
	name := iam.aws_managed(policy[part])
	execution_policies.grants[name]
	not regex.match(`(?i)lambda_?(full|readonly)|durable|administrator|poweruser|^readonly|^security|^viewonly`, name)
}

# of_executions reports whether an action is authorized against the ARN of a durable execution.
of_executions(action) if action in {
	"lambda:checkpointdurableexecution", "lambda:getdurableexecution", "lambda:getdurableexecutionhistory",
	"lambda:getdurableexecutionstate", "lambda:senddurableexecutioncallbackfailure",
	"lambda:senddurableexecutioncallbackheartbeat", "lambda:senddurableexecutioncallbacksuccess", "lambda:stopdurableexecution",
}

# A pattern is authorized like the actions that it stands for.
of_executions(action) if regex.match(`^lambda:.*durableexecution.*\*|^lambda:\*durableexecution`, action)

# name is the name of the function in an ARN without a qualifier, of which the beginning may be unknown.
name(resource) := regex.find_all_string_submatch_n(`^arn:[^*]*:lambda:[^*]*:function:([A-Za-z0-9_-]+)$`, resource.value, 1)[0][1]

name(resource) := found if {
	startswith(resource.prefix, "arn:")
	found := regex.find_all_string_submatch_n(`:function:([A-Za-z0-9_-]+)$`, resource.suffix, 1)[0][1]
}
