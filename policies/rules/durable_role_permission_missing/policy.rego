# METADATA
# title: Execution role does not allow saving durable executions
# description: |
#   A durable function saves the result of each step with its execution role. Without the permissions
#   every execution fails at its first step.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
#     description: Security and permissions for Lambda durable functions
# schemas:
#   - input: schema.stack
# custom:
#   id: durable-role-permission-missing
#   severity: medium
#   category: identity
#   profile: default
#   practices: [3d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   fix:
#     title: Attach AWSLambdaBasicDurableExecutionRolePolicy to the execution role
#     steps:
#       - on: role
#         to: roles
#         attribute: cfn:ManagedPolicyArns
#         item: {cloudformation: {Fn::Sub: "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"}}
#       - on: role
#         to: roles
#         resource:
#           suffix: durable
#           terraform: |
#             resource "aws_iam_role_policy_attachment" "{name}" {
#               role       = {id}.name
#               policy_arn = "arn:${{data:aws_partition.current.partition}}:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"
#             }
#   remediation: |
#     Attach the managed policy service-role/AWSLambdaBasicDurableExecutionRolePolicy to the execution
#     role, or allow `lambda:CheckpointDurableExecution` and `lambda:GetDurableExecutionState` on the
#     ARN of the function followed by `:*`.
package rules.durable_role_permission_missing

import data.lib.permitted
import data.lib.text

needed := {"lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"}

deny contains {"at": fn.role.at, "message": $"{fn.id} cannot save its durable executions: its execution role {role} does not allow {text.names(missing)}"} if {
	some fn in input.functions
	not fn.durable.absent
	not fn.durable.unknown
	role := permitted.role(fn)
	missing := lacking[role]
}

# lacking are the needed actions that the execution roles of durable functions do not allow, by the id of the role.
lacking[role] := missing if {
	some role in {permitted.role(fn) | some fn in input.functions; not fn.durable.absent; not fn.durable.unknown}
	missing := {action | some action in needed; permitted.lacks(role, action)}
	count(missing) > 0
}
