# METADATA
# title: Code calls an action that the execution role does not allow
# description: |
#   The call fails with AccessDenied each time the function reaches it. The role and all its policies
#   are known, none allows the action, and no resource-based policy of the stack can allow it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
#     description: Actions, resources, and condition keys for AWS services
# schemas:
#   - input: schema.stack
# custom:
#   id: code-call-not-granted
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [3a]
#   since: v0.1.0
#   remediation: |
#     Allow the action on the resource that the code uses, in a policy of the execution role, or remove
#     the call.
package rules.code_call_not_granted

import data.lib.calls
import data.lib.iam
import data.lib.permitted

deny contains {"at": call.at, "key": $"{action}", "message": $"{fn.id} calls {operation}, and its execution role {role} does not allow {action} (AccessDenied)"} if {
	some f, fn in input.functions
	role := permitted.role(fn)
	some call in calls.of[f]
	call.own_credentials.value == false
	call.handled.value == false
	not call.service.value in judged_elsewhere
	not call.service.value in calls.elsewhere
	not call.actions.unknown
	reachable(fn, call)
	operation := call.operation.value
	some required in call.actions.items
	action := required.value
	not iam.service_of(action) in judged_elsewhere
	not action in of_the_initiator
	calls.lacks(role, action)
}

# reachable reports whether a call may run. The code may skip one of a resource whose name is a variable that the function does
# not set.
reachable(_, call) if call.variable.absent

reachable(fn, call) if call.variable.value in {entry.key | some entry in fn.environment.variables.items}

# judged_elsewhere are services whose own policies usually allow calls (keys, trust policies of roles), and those that every
# function uses.
judged_elsewhere := {"cloudwatch", "ec2", "kms", "logs", "sts", "xray"}

# of_the_initiator are actions that S3 allows the initiator of an upload without a policy.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
of_the_initiator := {"s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"}
