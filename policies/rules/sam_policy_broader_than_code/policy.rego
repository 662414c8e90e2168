# METADATA
# title: SAM policy template allows more than the code calls
# description: |
#   The code only reads, or only writes, and a narrower policy template allows that. The broader one
#   also allows changing or deleting data.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
#     description: AWS SAM policy template list
# schemas:
#   - input: schema.stack
# custom:
#   id: sam-policy-broader-than-code
#   severity: low
#   category: identity
#   profile: strict
#   practices: [3a]
#   since: v0.1.0
#   formats: [SAM]
#   cwe: [CWE-250]
#   fix:
#     title: Use the narrower policy template
#     set: {computed: true}
#     unsafe: earlier versions of the function share its role and may call more
#   remediation: |
#     Replace the policy template by the narrower one that the message names, with the same parameters.
package rules.sam_policy_broader_than_code

import data.lib.calls
import data.lib.unused

deny contains {"at": policy.name.at, "key": policy.name.value, "set": narrower.name, "message": $"{fn.id} has the SAM policy template {policy.name.value}, and {narrower.name} allows what its code calls"} if {
	some f, fn in input.functions
	fn.layers.absent
	some i in fn.source.targets
	not input.sources[i].calls.unknown
	some policy in fn.sam_policies.items
	policy.kind.value == "template"
	some narrower in narrowings[policy.name.value]
	called := {action.value | some call in calls.of[f]; call.service.value == narrower.service; some action in call.actions.items}
	count(called) > 0
	not unused.acts({service.value | some service in input.sources[i].services.items}, narrower.service)
	certain_services(input.sources[i])
	count(called - narrower.actions) == 0
	known(f, narrower.service)
}

# certain_services reports whether all services that the code uses are known: some read buckets with the permissions of the caller.
certain_services(source) if {
	not source.services.unknown
	every service in source.services.items {
		service.value
	}
}

# known reports whether the actions of all calls of a service are known.
known(f, service) if {
	every call in calls.of[f] {
		certain(call, service)
	}
}

certain(call, service) if call.service.value != service

certain(call, service) if {
	call.service.value == service
	not call.actions.unknown
	call.own_credentials.value == false
	every action in call.actions.items {
		action.value
	}
}

# narrowings are narrower policy templates with the same parameters. Of the actions, those are listed that both allow.
# https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
narrowings := {
	"DynamoDBCrudPolicy": [table_read, table_write],
	"S3CrudPolicy": [bucket_read, bucket_write],
	"S3FullAccessPolicy": [bucket_read, bucket_write],
	"SNSCrudPolicy": [{"name": "SNSPublishMessagePolicy", "service": "sns", "actions": {"sns:Publish"}}],
}

table_read := {"name": "DynamoDBReadPolicy", "service": "dynamodb", "actions": {
	"dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan",
}}

table_write := {"name": "DynamoDBWritePolicy", "service": "dynamodb", "actions": {"dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"}}

bucket_read := {"name": "S3ReadPolicy", "service": "s3", "actions": {"s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"}}

bucket_write := {"name": "S3WritePolicy", "service": "s3", "actions": {"s3:PutObject", "s3:PutObjectAcl"}}
