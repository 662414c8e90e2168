# METADATA
# title: Function has both permissions and a resource policy
# description: |
#   A permission adds a statement to the resource-based policy of a function, and a resource policy
#   replaces all its statements. The result depends on the order of deployment and can differ from
#   the reviewed policy.
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
#   practices: [10a]
#   since: v0.1.0
#   cwe: [CWE-664]
#   peers: []
#   remediation: |
#     Declare all statements in the resource policy, or all as permissions.
package rules.permission_and_resource_policy_mixed

deny contains {"at": policy.at, "message": $"{policy.id} replaces the resource-based policy of {fn.id}, but {permission.id} adds a statement to it", "key": permission.id} if {
	some policy in input.resource_policies
	some i in policy.function.targets
	fn := input.functions[i]
	some permission in input.permissions
	i in permission.function.targets
	permission.qualifier.absent
}
