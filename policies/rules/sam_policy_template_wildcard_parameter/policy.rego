# METADATA
# title: Parameter of a SAM policy template ends with a wildcard
# description: |
#   The parameter is what limits the template to one table, bucket, queue or secret. With a
#   wildcard the function may use all that the account has, or all whose name begins like that.
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
#   since: v0.1.0
#   formats: [SAM]
#   cwe: [CWE-250]
#   peers: []
#   remediation: |
#     Refer to the resource, for example with !Ref, or write its name.
package rules.sam_policy_template_wildcard_parameter

deny contains {"at": parameter.at, "message": $"{fn.id} has {policy.name.value} with {parameter.key} {parameter.value}"} if {
	some fn in input.functions
	some policy in fn.sam_policies.items
	policy.kind.value == "template"
	policy.name.value
	some parameter in policy.parameters.items
	endswith(parameter.value, "*")
	not belongs_together(parameter.key, parameter.value)
}

# Parameters form a tree, and the names of secrets end in random characters: there a wildcard
# after a name is how one path or one secret is written.
belongs_together(key, value) if {
	key in {"ParameterName", "SecretArn"}
	regex.match(`[A-Za-z0-9]`, last(value))
}

# last is the part of an ARN that names the resource, or the whole of a name.
last(value) := regex.find_n(`[^:]*$`, value, 1)[0]
