# METADATA
# title: A permission to invoke leaves out the aliases of the function
# description: |
#   The ARN of a function without a qualifier does not include those of its versions and aliases,
#   so invoking the alias is refused.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
#     description: Resources and conditions for Lambda actions
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-invoke-arn-forms
#   severity: low
#   category: iam
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - KICS 0ca1017d
#   fix:
#     title: Allow to invoke its versions and aliases, too
#     item: {computed: true}
#   remediation: |
#     Add the ARN with `:*` behind it, or name the alias.
package rules.policy_invoke_arn_forms

deny contains {
	"at": resource.at,
	"message": $"{role.id} may invoke {fn.id}, but not {alias.id}: the ARN has no qualifier",
	"set": $"{resource.value}:*",
} if {
	some role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	invokes(statement.actions)
	some resource in statement.resources.items
	name := regex.find_all_string_submatch_n(`^arn:[^*]*:lambda:[^*]*:function:([A-Za-z0-9_-]+)$`, resource.value, 1)[0][1]
	some i, fn in input.functions
	fn.name.value == name
	some alias in input.aliases
	i in alias.function.targets
	not qualified(role, name)
}

# invokes reports whether invoking is all that a statement is about.
invokes(actions) if {
	not actions.unknown
	every action in actions.items {
		lower(action.value) == "lambda:invokefunction"
	}
}

# qualified reports whether a role also names, or may name, the aliases of a function.
qualified(role, _) if role.statements.unknown

qualified(role, name) if {
	some statement in role.statements.items
	some resource in statement.resources.items
	regex.match($":function:{name}(:|\\*)|^\\*$|:function:\\*|function:.*\\*", resource.value)
}

qualified(role, _) if {
	some statement in role.statements.items
	some resource in statement.resources.items
	resource.unknown
}
