# METADATA
# title: Tenant of a function comes from the data of the event
# description: |
#   The publisher of an event chooses its data, and with it the tenant whose isolated environment
#   processes the event. A publisher of one tenant can run the function for another tenant.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-target-lambda.html
#     description: Lambda function target
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html
#     description: Using tenant isolation in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: eventsv2-tenant-from-data
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10d]
#   since: v0.1.0
#   cwe: [CWE-639]
#   formats: [CloudFormation, SAM]
#   peers: []
#   remediation: |
#     Set `TenantId` to a literal, with one subscriber for each tenant, or take it from metadata
#     that only the trusted publisher can set.
package rules.eventsv2_tenant_from_data

import data.lib.text

deny contains {"at": target.tenant.at, "message": $"{trigger.id} takes the tenant of {text.functions(names)} from the data of the event: {target.tenant.value}"} if {
	some trigger in input.triggers
	trigger.type == "AWS::EventsV2::Subscriber"
	some target in trigger.targets.items
	regex.match(`\$events\.Data\b`, target.tenant.value)
	names := {input.functions[i].id | some i in target.function.targets}
}
