# METADATA
# title: Public web function endpoint has no limit of requests or environments
# description: |
#   Everyone can send requests to an endpoint with the auth type ApplicationManaged, and Lambda
#   scales with them. Without a rate limit or a maximum of environments an attacker can use up the
#   concurrency of the account and raise its costs (denial of wallet).
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/web-functions-endpoints.html
#     description: Endpoints of web functions
# schemas:
#   - input: schema.stack
# custom:
#   id: web-function-endpoint-unthrottled
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [9c, 10c]
#   since: v0.1.0
#   cwe: [CWE-770]
#   remediation: |
#     Set `RateLimit` in the throttle configuration, or `MaxEnvironments` in the scaling
#     configuration, to what the application needs.
package rules.web_function_endpoint_unthrottled

deny contains {"at": endpoint.rate_limit.at, "message": $"{endpoint.id} is public and has neither a rate limit nor a maximum of environments"} if {
	some endpoint in input.web_endpoints
	endpoint.auth_type.value == "ApplicationManaged"
	endpoint.rate_limit.absent
	endpoint.max_environments.absent
}
