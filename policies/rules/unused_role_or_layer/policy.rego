# METADATA
# title: Nothing uses the execution role or the layer
# description: |
#   A role that remains after its function still grants what the function needed, to every user who can
#   pass it to a new one. A layer that nothing uses is code that is no longer updated.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with AWS Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: unused-role-or-layer
#   severity: info
#   category: identity
#   profile: all
#   practices: [4b]
#   since: v0.1.0
#   cwe: [CWE-561]
#   peers:
#     - KICS 4849211b
#     - Config IAM_POLICY_IN_USE
#   remediation: |
#     Delete the role or the layer if it is no longer used.
package rules.unused_role_or_layer

import data.lib.lifecycle

deny contains {"at": role.at, "message": $"{role.id} is possibly unused: only Lambda can assume it, and nothing in the template refers to it"} if {
	some role in input.roles
	role.referenced.value == false
	count(role.functions.targets) == 0
	only_lambda(role.trust)
	not unclear_role
}

deny contains {"at": layer.at, "message": $"{layer.id} is possibly unused: nothing in the template refers to it"} if {
	some i, layer in input.layers
	layer.referenced.value == false
	not used(i)
	not unclear_layer
}

# only_lambda reports whether Lambda is the only principal of a trust policy.
only_lambda(trust) if {
	not trust.unknown
	count(trust.items) > 0
	every statement in trust.items {
		statement.effect.value == "Allow"
		not statement.principals.unknown
		count(statement.principals.items) > 0
		every principal in statement.principals.items {
			principal.kind.value == "Service"
			principal.value.value == "lambda.amazonaws.com"
		}
	}
}

# unclear_role reports whether a function has a role that is unknown until deployment.
unclear_role if {
	some fn in input.functions
	fn.role.unknown
	count(fn.role.targets) == 0
}

unclear_layer if {
	some fn in input.functions
	fn.layers.unknown
}

unclear_layer if {
	some fn in input.functions
	some layer in fn.layers.items
	layer.unknown
	count(layer.targets) == 0
}

used(i) if {
	some fn in input.functions
	some layer in fn.layers.items
	i in layer.targets
}

used(i) if {
	some permission in input.layer_permissions
	lifecycle.may_be(permission.layer, i)
}
