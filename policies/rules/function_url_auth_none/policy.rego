# METADATA
# title: Function URL lets anyone call the function
# description: |
#   A function URL without authorization is an open endpoint on the internet, so anyone who finds
#   it can run the function. Only the function's own code stands between a request and everything
#   that its role may do, and every request is paid for.
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
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers:
#     - CKV_AWS_258
#     - cdk-nag LambdaFunctionUrlAuth
#     - Prowler awslambda_function_url_public
#     - Steampipe lambda_function_restrict_public_url
#   fix:
#     title: Let only signed requests in
#     unsafe: callers that do not sign their requests get no answer any more
#     set: AWS_IAM
#   remediation: |
#     Set the authorization type to `AWS_IAM` and allow the callers `lambda:InvokeFunctionUrl` and
#     `lambda:InvokeFunction`. For browsers and webhooks, put CloudFront with origin access
#     control or an API with an authorizer in front of the function.
package rules.function_url_auth_none

deny contains {"at": url.auth_type.at, "message": $"{url.id} answers anyone: its authorization type is NONE"} if {
	some url in input.function_urls
	url.auth_type.value == "NONE"
}
