# METADATA
# title: Permission and function URL have different authorization types
# description: |
#   A permission with another authorization type than the function URL never matches, so it has no
#   effect. If the URL is changed to NONE later, a leftover permission for NONE makes the function
#   public.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
#     description: Control access to Lambda function URLs
# schemas:
#   - input: schema.stack
# custom:
#   id: function-url-auth-type-mismatch
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-863]
#   peers: []
#   fix:
#     title: Set the authorization type of the function URL
#     unsafe: the permission takes effect, so its principal can invoke the function URL
#     set: {computed: true}
#   remediation: |
#     Set the authorization type of the permission (`function_url_auth_type`, `FunctionUrlAuthType`)
#     to that of the URL, or remove the permission.
package rules.function_url_auth_type_mismatch

import data.lib.invoke

deny contains {
	"at": permission.function_url_auth_type.at,
	"message": $"{permission.id} never matches: it is for AuthType {permission.function_url_auth_type.value}, but {url.id} has AuthType {url.auth_type.value}",
	"set": $"{url.auth_type.value}",
} if {
	some permission in input.permissions
	some i in permission.function.targets
	some j in invoke.urls[i]
	url := input.function_urls[j]
	invoke.certainly_same_target(url, permission)
	permission.function_url_auth_type.value != url.auth_type.value
	not another_fits(permission)
}

# A function and its aliases can have one URL each.
another_fits(permission) if {
	some i in permission.function.targets
	some j in invoke.urls[i]
	url := input.function_urls[j]
	invoke.same_target(url, permission)
	not differs(url, permission)
}

differs(url, permission) if url.auth_type.value != permission.function_url_auth_type.value
