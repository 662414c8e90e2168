# METADATA
# title: Code logs an event that contains credentials
# description: |
#   The events of authorizers, and of APIs with an authorizer, contain the token of the caller. The events of
#   custom resources contain a presigned URL and the properties of the resource. Everyone who can read the
#   logs can use them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
#     description: Use API Gateway Lambda authorizers
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requests.html
#     description: Custom resource request objects
# schemas:
#   - input: schema.stack
# custom:
#   id: event-with-credentials-logged
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [7d]
#   since: v0.1.0
#   cwe: [CWE-532]
#   remediation: |
#     Log the members of the event that are needed, without headers, tokens and cookies.
package rules.event_with_credentials_logged

deny contains {"at": entry.at, "message": $"{input.functions[f].id} logs its whole event, which contains the token of the caller of the API"} if {
	some f in receiving
	some entry in whole[f]
}

deny contains {"at": entry.at, "message": $"{input.functions[f].id} logs its whole event, which contains the presigned URL for the response of a custom resource", "severity": "low"} if {
	some f in custom_resources
	not f in receiving
	some entry in whole[f]
}

# whole are the logs of the whole event, by function.
whole[f] contains entry if {
	some f, fn in input.functions
	some i in fn.source.targets
	some entry in input.sources[i].logs.items
	entry.content.value == "event"
}

# receiving are the functions whose events contain the token of the caller.
receiving := authorizing | authorized

# authorizing are the functions that authorize requests.
authorizing contains f if {
	some authorizer in input.authorizers
	some trigger in input.triggers
	trigger.id == authorizer.id
	some target in trigger.targets.items
	some f in target.function.targets
}

# authorized are the functions behind routes with an authorizer, which the caller sends a token to.
authorized contains f if {
	some route in input.routes
	route.authorization.value in {"COGNITO_USER_POOLS", "CUSTOM", "JWT"}
	some f in backends(route)
}

backends(route) := {f | some f in route.function.targets} | {f |
	some i in route.integrations.targets
	some f in input.api_integrations[i].uri.targets
}

# custom_resources are the functions that send responses of custom resources.
custom_resources contains f if {
	some f, fn in input.functions
	some i in fn.source.targets
	some module in input.sources[i].imports.items
	module.module.value in {"cfnresponse", "cfn-response", "crhelper", "cfn-response-async"}
}
