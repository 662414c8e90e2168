# METADATA
# title: Web function endpoint is public
# description: |
#   With the auth type ApplicationManaged Lambda passes every request from the internet to the
#   function, which must authenticate callers itself. An error in its code then exposes the function
#   and its execution role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/web-functions-endpoint-access-control.html
#     description: Access control of web function endpoints
# schemas:
#   - input: schema.stack
# custom:
#   id: web-function-endpoint-application-managed
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-306]
#   remediation: |
#     Set the auth type to `IamAuth`, with which Lambda authenticates callers by their IAM
#     credentials. If the endpoint is public on purpose, ignore the rule there and say how the
#     application authenticates callers.
package rules.web_function_endpoint_application_managed

deny contains {"at": endpoint.auth_type.at, "message": $"{endpoint.id} is public: its auth type is ApplicationManaged"} if {
	some endpoint in input.web_endpoints
	endpoint.auth_type.value == "ApplicationManaged"
}
