# METADATA
# title: Caller chooses the tenant of a request
# description: |
#   Lambda selects the execution environment of a tenant by the header `X-Amz-Tenant-Id`. If the API
#   copies it from the request and no authorizer can compare it with the caller, every caller reaches
#   the environment, and with it the data in memory and `/tmp`, of every tenant.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html
#     description: Tenant isolation
# schemas:
#   - input: schema.stack
# custom:
#   id: tenant-header-not-bound
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [8a, 10d]
#   since: v0.1.0
#   cwe: [CWE-639]
#   peers: []
#   remediation: |
#     Map the header from what the authorizer returns, such as `context.authorizer.tenantId` or a
#     claim of the token.
package rules.tenant_header_not_bound

deny contains {"at": parameter.at, "message": $"{integration.id} takes the tenant ID for {input.functions[i].id} from {parameter.value}, which the caller chooses"} if {
	some j, integration in input.api_integrations
	some parameter in integration.parameters.items
	regex.match(`(?i)^integration\.request\.header\.x-amz-tenant-id$`, parameter.key)
	startswith(parameter.value, "method.request.")
	some i in integration.uri.targets
	input.functions[i].tenancy.mode.value == "PER_TENANT"
	some route in input.routes
	j in route.integrations.targets

	# A Lambda authorizer and a policy of IAM can compare the request with the caller.
	route.authorization.value in {"NONE", "COGNITO_USER_POOLS"}
}
