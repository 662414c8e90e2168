# METADATA
# title: Wildcard in a parameter of a SAM policy template
# description: |
#   The parameter restricts the SAM policy template to one table, bucket, queue or secret. With a
#   wildcard, the function has access to every such resource of the account, or to every one whose
#   name starts with that prefix.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html
#     description: AWS SAM policy templates
# schemas:
#   - input: schema.stack
# custom:
#   id: sam-policy-template-wildcard-parameter
#   severity: high
#   category: identity
#   profile: default
#   practices: [3b]
#   known_only: true
#   since: v0.1.0
#   formats: [SAM]
#   cwe: [CWE-250]
#   peers: []
#   remediation: |
#     Set the parameter to one resource, for example with `!Ref`, or to its full name.
package rules.sam_policy_template_wildcard_parameter

deny contains {"at": parameter.at, "key": $"{policy.name.value} {parameter.value}", "message": $"{fn.id} has the SAM policy template {policy.name.value} with a wildcard: {parameter.key} is {parameter.value}"} if {
	some fn in input.functions
	some policy in fn.sam_policies.items
	policy.kind.value == "template"
	policy.name.value
	some parameter in policy.parameters.items
	endswith(parameter.value, "*")
	not belongs_together(parameter.key, parameter.value)
}

# SSM parameters form a tree, and the ARNs of secrets end in random characters: a wildcard after a
# name selects one path or one secret.
belongs_together(key, value) if {
	key in {"ParameterName", "SecretArn"}
	regex.match(`[A-Za-z0-9]`, last(value))
}

# last is the resource part of an ARN, or a whole name.
last(value) := regex.find_n(`[^:]*$`, value, 1)[0]
