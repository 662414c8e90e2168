# METADATA
# title: API Gateway is not allowed to invoke the function of an integration
# description: |
#   Every request fails with status 500, and the logs of the function contain nothing. The usual
#   workaround is a permission that allows more than the API needs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-with-lambda-integration.html
#     description: Lambda integrations for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-integration-permission-missing
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-16]
#   remediation: |
#     Add a permission of the function for `apigateway.amazonaws.com`, limited to the API by its
#     source ARN, or set the credentials of the integration to a role.
package rules.api_integration_permission_missing

import data.lib.invoke

deny contains {"at": integration.uri.at, "message": $"{integration.id} cannot invoke {input.functions[i].id}: no permission allows API Gateway to invoke it"} if {
	some i, integrations in without_credentials
	not allowed(i)
	not unclear
	integration := input.api_integrations[sort(integrations)[0]]
}

# without_credentials are the integrations of each function that invoke it as API Gateway.
without_credentials[i] contains k if {
	some k, integration in input.api_integrations
	integration.credentials.absent
	integration.type.value in {"AWS", "AWS_PROXY"}
	some i in integration.uri.targets
}

allowed(i) if {
	some j in invoke.permissions[i]
	not of_others(input.permissions[j])
}

allowed(i) if {
	some policy in input.resource_policies
	i in policy.function.targets
}

of_others(permission) if {
	permission.principal.value
	not startswith(permission.principal.value, "apigateway.")
	permission.principal.value != "*"
}

# unclear reports whether a permission may be for any function.
unclear if {
	some permission in input.permissions
	permission.function.unknown
	count(permission.function.targets) == 0
	not of_others(permission)
}

unclear if {
	some policy in input.resource_policies
	policy.function.unknown
	count(policy.function.targets) == 0
}
