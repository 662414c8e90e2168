# METADATA
# title: Execution role does not allow sending traces
# description: |
#   Lambda sends the traces of a function with active tracing with its execution role. If the role
#   does not allow it, Lambda rejects the function, or no traces arrive in X-Ray.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
#     description: Visualize Lambda function invocations using AWS X-Ray
# schemas:
#   - input: schema.stack
# custom:
#   id: tracing-permission-missing
#   severity: medium
#   category: observability
#   profile: default
#   practices: [11c]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   fix:
#     title: Attach AWSXRayDaemonWriteAccess to the execution role
#     steps:
#       - on: role
#         to: roles
#         attribute: cfn:ManagedPolicyArns
#         item: {cloudformation: {Fn::Sub: "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"}}
#       - on: role
#         to: roles
#         resource:
#           suffix: tracing
#           terraform: |
#             resource "aws_iam_role_policy_attachment" "{name}" {
#               role       = {id}.name
#               policy_arn = "arn:${{data:aws_partition.current.partition}}:iam::aws:policy/AWSXRayDaemonWriteAccess"
#             }
#   remediation: |
#     Attach the managed policy AWSXRayDaemonWriteAccess to the execution role, or allow
#     `xray:PutTraceSegments` and `xray:PutTelemetryRecords`.
package rules.tracing_permission_missing

import data.lib.permitted
import data.lib.text

needed := {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}

deny contains {"at": fn.role.at, "message": $"{fn.id} has active tracing, but its execution role {role} does not allow {text.names(missing)}: no traces arrive in X-Ray"} if {
	some fn in input.functions
	fn.tracing.mode.value == "Active"
	role := permitted.role(fn)
	missing := lacking[role]
}

# lacking are the needed actions that the execution roles of functions with active tracing do not allow, by the id of the role.
lacking[role] := missing if {
	some role in {permitted.role(fn) | some fn in input.functions; fn.tracing.mode.value == "Active"}
	missing := {action | some action in needed; permitted.lacks(role, action)}
	count(missing) > 0
}
