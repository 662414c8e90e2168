# METADATA
# title: Execution role does not allow writing logs
# description: |
#   Lambda drops the logs of a function without an error if its execution role does not allow
#   writing them. Attacks and failures then leave no trace to investigate.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
#     description: Sending Lambda function logs to CloudWatch Logs
# schemas:
#   - input: schema.stack
# custom:
#   id: role-missing-logs-permission
#   severity: medium
#   category: identity
#   profile: strict
#   practices: [3d, 15a]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - cfn_nag W58
#     - Terrascan AC_AWS_0484
#     - Config LAMBDA_ROLE_ALLOWED_ON_LOGGING
#   fix:
#     title: Attach AWSLambdaBasicExecutionRole to the execution role
#     steps:
#       - on: role
#         to: roles
#         attribute: cfn:ManagedPolicyArns
#         item: {cloudformation: {Fn::Sub: "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}}
#       - on: role
#         to: roles
#         resource:
#           suffix: logs
#           terraform: |
#             resource "aws_iam_role_policy_attachment" "{name}" {
#               role       = {id}.name
#               policy_arn = "arn:${{data:aws_partition.current.partition}}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
#             }
#       - attribute: sam:Policies
#         item: {cloudformation: AWSLambdaBasicExecutionRole}
#   remediation: |
#     Attach the managed policy service-role/AWSLambdaBasicExecutionRole to the execution role, or
#     allow `logs:CreateLogStream` and `logs:PutLogEvents` on the log group of the function.
package rules.role_missing_logs_permission

import data.lib.permitted
import data.lib.text

# logs:CreateLogGroup is not required, because the template can declare the log group.
needed := {"logs:CreateLogStream", "logs:PutLogEvents"}

deny contains {"at": fn.role.at, "message": $"{fn.id} cannot write logs: its execution role {role} does not allow {text.names(missing)}"} if {
	some fn in input.functions
	role := permitted.role(fn)
	missing := lacking[role]
}

# lacking are the needed actions that the execution roles of functions do not allow, by the id of the role.
lacking[role] := missing if {
	some role in {permitted.role(fn) | some fn in input.functions}
	missing := {action | some action in needed; permitted.lacks(role, action)}
	count(missing) > 0
}
