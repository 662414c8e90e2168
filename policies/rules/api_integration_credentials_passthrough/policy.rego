# METADATA
# title: API integration uses the credentials of the caller
# description: |
#   With `arn:aws:iam::*:user/*` as the credentials, API Gateway invokes the backend as the IAM
#   principal that called the API. Every caller then needs, and has, the permission to invoke the
#   backend directly, without the validation, throttling and logs of the API.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
#     description: Choose an API Gateway API integration type
# schemas:
#   - input: schema.stack
# custom:
#   id: api-integration-credentials-passthrough
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [8b, 10a]
#   since: v0.1.0
#   cwe: [CWE-441]
#   remediation: |
#     Remove the credentials and give API Gateway a permission of the function, or use a role that
#     can invoke only the backend. In SAM, set `InvokeRole` to `NONE`.
package rules.api_integration_credentials_passthrough

deny contains {"at": integration.credentials.at, "message": $"{integration.id} invokes its backend with the credentials of the caller: {integration.credentials.value}"} if {
	some integration in input.api_integrations
	regex.match(`^arn:[^:]*:iam::\*:user/\*$`, integration.credentials.value)
}
