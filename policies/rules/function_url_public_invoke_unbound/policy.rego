# METADATA
# title: Permission for a public function URL allows direct invocation
# description: |
#   A public function URL requires a public `lambda:InvokeFunction` permission, but only for calls
#   through the URL. Without that limit everyone with an AWS account can call the Invoke API with
#   any event, including one that imitates an AWS service.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
#     description: Control access to Lambda function URLs
# schemas:
#   - input: schema.stack
# custom:
#   id: function-url-public-invoke-unbound
#   severity: critical
#   category: invocation
#   profile: default
#   practices: [10a, 10c]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   fix:
#     title: Allow public invocation only through the function URL
#     unsafe: callers that invoke the function directly lose access, and Terraform requires a version of the AWS provider that has invoked_via_function_url
#     attribute: invoked_via_function_url
#     set: true
#   remediation: |
#     Set `InvokedViaFunctionUrl` (`invoked_via_function_url`) to true.
package rules.function_url_public_invoke_unbound

import data.lib.iam
import data.lib.invoke

# permission-public-principal reports functions without a URL.
deny contains {"at": permission.principal.at, "message": $"{permission.id} is public: principal {permission.principal.value} can invoke {fn.id} directly, not only through its function URL"} if {
	some permission in input.permissions
	permission.action.value == "lambda:InvokeFunction"
	iam.anyone(permission.principal.value)
	permission.principal_org_id.absent
	permission.source_arn.absent
	permission.source_account.absent
	bound(permission) == false
	some i in permission.function.targets
	some j in invoke.urls[i]
	url := input.function_urls[j]
	invoke.certainly_same_target(url, permission)
	fn := input.functions[i]
}

bound(permission) := permission.invoked_via_function_url.value if permission.invoked_via_function_url.value != null

bound(permission) := false if permission.invoked_via_function_url.absent
