# METADATA
# title: Policy allows invoking a function but not its aliases
# description: |
#   The ARN of a function without a qualifier does not match its versions and aliases. Invoking the
#   alias is denied at run time, not at deployment.
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
#   practices: [3d, 10a]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - KICS 0ca1017d
#   fix:
#     title: Also allow invoking versions and aliases
#     item: {computed: true}
#   remediation: |
#     Add the function ARN followed by `:*` to the resources of the statement, or add the ARN of the
#     alias.
package rules.policy_invoke_arn_forms

import data.lib.text

deny contains {
	"at": resource.at,
	"key": $"{name}",
	"message": $"{role.id} allows invoking {fn.id}, but not {text.names(aliases)}: function:{name} has no qualifier",
	"set": $"{resource.value}:*",
} if {
	count(input.aliases) > 0
	some role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	invokes(statement.actions)
	some resource in statement.resources.items
	name := regex.find_all_string_submatch_n(`^arn:[^*]*:lambda:[^*]*:function:([A-Za-z0-9_-]+)$`, resource.value, 1)[0][1]
	some i, fn in input.functions
	endswith(resource.value, object.get(fn.name, "suffix", ""))
	fn.name.value == name
	aliases := {alias.id | some alias in input.aliases; i in alias.function.targets}
	count(aliases) > 0
	not qualified(role, name)
}

# invokes reports whether lambda:InvokeFunction is the only action of a statement.
invokes(actions) if {
	not actions.unknown
	every action in actions.items {
		lower(action.value) == "lambda:invokefunction"
	}
}

# qualified reports whether a role also matches, or may match, the aliases of a function.
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
