# METADATA
# title: A function has permissions and a whole resource policy
# description: |
#   Permissions are statements of the resource policy, and a whole resource policy replaces them.
#   What is in effect depends on what was deployed last, and is not what was reviewed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-resourcepolicy.html
#     description: AWS::Lambda::ResourcePolicy
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-and-resource-policy-mixed
#   severity: high
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-664]
#   peers: []
#   remediation: |
#     Write all statements in the resource policy, or all as permissions.
package rules.permission_and_resource_policy_mixed

deny contains {"at": policy.at, "message": $"{policy.id} sets the resource policy of {fn.id}, while {permission.id} adds to the resource policy of the same function"} if {
	some policy in input.resource_policies
	some i in policy.function.targets
	fn := input.functions[i]
	some permission in input.permissions
	i in permission.function.targets
	permission.qualifier.absent
}
