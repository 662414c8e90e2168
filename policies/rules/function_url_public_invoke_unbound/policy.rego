# METADATA
# title: Anyone may invoke the function of a public URL directly
# description: |
#   A public URL needs a permission to invoke for everyone, but only for calls that come through
#   the URL. Without that limit everyone with an AWS account can call the Invoke API and send any
#   event, also one that looks as if a service had made it.
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
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   fix:
#     title: Let anyone in only through the function URL
#     attribute: invoked_via_function_url
#     set: true
#   remediation: |
#     Limit the permission to calls through the function URL.
package rules.function_url_public_invoke_unbound

import data.lib.iam

# Of a function without a URL it is permission-public-principal.
deny contains {"at": permission.principal.at, "message": $"{permission.id} lets anyone invoke {fn.id} directly, not only through its URL"} if {
	some permission in input.permissions
	permission.action.value == "lambda:InvokeFunction"
	iam.anyone(permission.principal.value)
	permission.principal_org_id.absent
	permission.source_arn.absent
	permission.source_account.absent
	bound(permission) == false
	some i in permission.function.targets
	some url in input.function_urls
	i in url.function.targets
	fn := input.functions[i]
}

bound(permission) := permission.invoked_via_function_url.value if permission.invoked_via_function_url.value != null

bound(permission) := false if permission.invoked_via_function_url.absent
