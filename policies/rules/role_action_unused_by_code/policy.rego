# METADATA
# title: Execution role allows an action that the code does not need
# description: |
#   No function with this role calls an operation that requires the action, although they use its service.
#   Some operations require an action with another name: HeadObject requires s3:GetObject.
#   An attacker who controls the function can use the permission nevertheless.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#     description: Apply least-privilege permissions
# schemas:
#   - input: schema.stack
# custom:
#   id: role-action-unused-by-code
#   severity: low
#   category: identity
#   profile: all
#   practices: [3a]
#   since: v0.1.0
#   cwe: [CWE-250]
#   yields_to: [policy-data-exfiltration]
#   fix:
#     title: Remove the action
#     remove: one-of
#     unsafe: earlier versions of the functions share the role and may call it
#   remediation: |
#     Remove the action from the policies of the role. `lintel policy FUNCTION` prints the policy that
#     the code needs.
package rules.role_action_unused_by_code

import data.lib.iam
import data.lib.text
import data.lib.unused

deny contains {"at": action.at, "key": action.value, "message": $"{role.id} (execution role of {text.names(unused.users[r])}) allows {action.value}, which no call of the code requires"} if {
	some r, _ in unused.users
	role := input.roles[r]
	complete(role)
	not from_template(role)
	not from_connector(r)
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	regex.match(`^[a-z0-9-]+:[A-Za-z0-9]+$`, action.value)
	not lower(action.value) in implied
	not endswith(lower(action.value), ":tagresource") # a create operation with tags
	service := iam.service_of(action.value)
	service in unused.judged
	service in unused.called[r]
	not unused.is_attached(r, service)
	not unused.acts(unused.called[r], service)
	not unused.transfers(r, service)
	not lower(action.value) in required(role)
}

# from_template reports whether a SAM policy template gives a role its actions: they cannot be removed one by one, and
# sam-policy-broader-than-code reports narrower templates.
from_template(role) if {
	some f in role.functions.targets
	some policy in input.functions[f].sam_policies.items
	not policy.kind.value == "document"
}

# from_connector reports whether a SAM connector gives a role actions: its permissions, Read and Write, are the same for every function.
from_connector(r) if {
	some policy in input.policies
	policy.generated
	some reference in policy.roles.items
	r in reference.targets
}

# It may be any role.
from_connector(_) if {
	some policy in input.policies
	policy.generated
	some reference in policy.roles.items
	reference.unknown
	count(reference.targets) == 0
}

# complete reports whether all calls of the functions of a role are known.
complete(role) if {
	every f in unused.functions[role.id] {
		some i in input.functions[f].source.targets
		not input.sources[i].calls.unknown
		every call in input.sources[i].calls.items {
			known(call)
		}
	}
}

known(call) if {
	not call.actions.unknown
	every action in call.actions.items {
		action.value
	}
}

# required are the actions that the code of the functions of a role needs.
required(role) := {lower(action.value) |
	some f in unused.functions[role.id]
	some i in input.functions[f].source.targets
	some call in input.sources[i].calls.items
	some action in call.actions.items
}

# implied are actions that operations need in some cases: with some arguments, in retries, or for a clearer error.
implied := {
	"bedrock:getinferenceprofile", "bedrock:invokemodel", "bedrock:retrieve", "lambda:publishversion", "s3:deleteobjectversion",
	"dynamodb:conditioncheckitem", "dynamodb:describetable", "events:putrule", "s3:abortmultipartupload", "s3:getbucketlocation",
	"s3:getobjecttagging", "s3:getobjectversion", "s3:listbucket", "s3:listbucketmultipartuploads", "s3:listmultipartuploadparts",
	"s3:putobjectacl", "s3:putobjecttagging", "sqs:getqueueattributes", "sqs:getqueueurl", "secretsmanager:describesecret", "iam:passrole",
}
