# METADATA
# title: Trail does not record invocations of functions
# description: |
#   CloudTrail records invocations only as data events, which are off by default. Without them
#   it cannot be determined later who invoked a function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
#     description: Logging AWS Lambda API calls using AWS CloudTrail
# schemas:
#   - input: schema.stack
# custom:
#   id: cloudtrail-lambda-data-events-missing
#   severity: low
#   category: observability
#   profile: strict
#   practices: [2c, 15e]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - Prowler awslambda_function_invoke_api_operations_cloudtrail_logging_enabled
#     - Steampipe lambda_function_cloudtrail_logging_enabled
#   remediation: |
#     Add an event selector for data events of the type `AWS::Lambda::Function` to the trail.
package rules.cloudtrail_lambda_data_events_missing

deny contains {"at": trail.selectors.at, "message": $"{trail.id} records no invocations of functions: it has no data events of the type AWS::Lambda::Function"} if {
	not recorded
	some trail in input.trails
}

# recorded reports whether a trail of the template records, or may record, invocations.
recorded if {
	some trail in input.trails
	some selectors in [trail.selectors, trail.advanced_selectors]
	selectors.unknown
}

recorded if {
	some trail in input.trails
	some selector in trail.selectors.items
	selector.data_types.unknown
}

recorded if {
	some trail in input.trails
	some selector in trail.selectors.items
	some kind in selector.data_types.items
	object.get(kind, "value", "AWS::Lambda::Function") == "AWS::Lambda::Function"
}

recorded if {
	some trail in input.trails
	some selector in trail.advanced_selectors.items
	selector.fields.unknown
}

recorded if {
	some trail in input.trails
	some selector in trail.advanced_selectors.items
	some field in selector.fields.items
	object.get(field.field, "value", "resources.type") == "resources.type"
	may_be_functions(field.equals)
}

may_be_functions(types) if types.unknown

may_be_functions(types) if {
	some kind in types.items
	object.get(kind, "value", "AWS::Lambda::Function") == "AWS::Lambda::Function"
}
