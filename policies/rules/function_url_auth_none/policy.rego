# METADATA
# title: Function URL is public
# description: |
#   A function URL with authorization type NONE is a public endpoint: anyone on the internet can
#   invoke the function. Only the code of the function protects what its execution role can access,
#   and every request costs money.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
#     description: Control access to Lambda function URLs
# schemas:
#   - input: schema.stack
# custom:
#   id: function-url-auth-none
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers:
#     - Steampipe lambda_function_url_auth_type_configured
#     - CKV_AWS_258
#     - cdk-nag LambdaFunctionUrlAuth
#     - Prowler awslambda_function_url_public
#     - Steampipe lambda_function_restrict_public_url
#   fix:
#     title: Require IAM authorization
#     unsafe: callers that do not sign their requests lose access
#     set: AWS_IAM
#   remediation: |
#     Set `AuthType` (`authorization_type`) to `AWS_IAM` and allow the callers
#     `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`. For browsers and webhooks, use
#     CloudFront with origin access control, or an API with an authorizer, in front of the function.
package rules.function_url_auth_none

deny contains {"at": url.auth_type.at, "message": $"{url.id} is public: AuthType is NONE"} if {
	some url in input.function_urls
	url.auth_type.value == "NONE"
}
