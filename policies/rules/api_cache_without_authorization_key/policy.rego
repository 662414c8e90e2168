# METADATA
# title: API caches responses to authorized requests without the caller in the key
# description: |
#   The cache of a stage returns a response to every caller whose request has the same cache key. If
#   the key contains no header or other parameter of the caller, one user can receive the data of
#   another.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
#     description: Cache settings for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-cache-without-authorization-key
#   severity: medium
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-524]
#   remediation: |
#     Add the header with the token, for example `method.request.header.Authorization`, to
#     `cache_key_parameters` (`CacheKeyParameters`), or disable caching for the method. If all
#     callers get the same response, suppress the finding with the reason.
package rules.api_cache_without_authorization_key

import data.lib.api

deny contains {"at": integration.cache_key_parameters.at, "message": $"{integration.id} caches responses to authorized requests for all callers: the cache key has no parameter of the caller"} if {
	some route in input.routes
	regex.match(`(?i)^GET( |$)`, route.key.value)
	route.authorization.value in {"AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"}
	some api_index in route.api.targets
	api_index in cached
	some i in route.integrations.targets
	integration := input.api_integrations[i]
	integration.type.value in {"AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY"}
	not integration.cache_key_parameters.unknown
	every parameter in integration.cache_key_parameters.items {
		not parameter.unknown
		not of_caller(parameter.value)
	}
}

# of_caller reports whether a parameter can identify the caller. Headers do: the one of the token often has another name.
of_caller(parameter) if regex.match(`(?i)^integration\.|\.header\.|user|account|tenant|customer|owner|caller|principal|identity|token|sub$`, parameter)

# cached are the APIs of which a stage caches all methods.
cached contains i if {
	some s in api.rest_stages
	input.stages[s].cache_cluster.value == true
	not api.unclear_settings(s)
	settings := api.settings_of(s)
	some setting in settings
	everything(setting)
	every other in settings {
		other.of.caching.value == true
	}
	some i in input.stages[s].api.targets
}

everything(setting) if setting.path == "*/*"

everything(setting) if {
	setting.of.path.value == "/*"
	setting.of.method.value == "*"
}
