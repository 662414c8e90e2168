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
#   practices: [8a, 13d]
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
		not identifies(parameter.value, route)
	}
}

# identifies reports whether the authorizer of a route identifies the caller by a parameter, or may do so.
identifies(parameter, route) if {
	some i in route.authorizer.targets
	some source in input.authorizers[i].identity_sources.items
	contains($",{regex.replace(source.value, `\s+`, "")},", $",{parameter},")
}

identifies(_, route) if {
	some i in route.authorizer.targets
	sources := input.authorizers[i].identity_sources
	may_be_any(sources)
}

identifies(_, route) if {
	route.authorizer.unknown
	count(route.authorizer.targets) == 0
}

may_be_any(sources) if sources.unknown

may_be_any(sources) if {
	some source in sources.items
	source.unknown
}

# of_caller reports whether a parameter can identify the caller. Headers do: the one of the token often has another name.
of_caller(parameter) if regex.match(`(?i)^integration\.|\.header\.|user|account|tenant|customer|owner|caller|principal|identity|token|sub$`, parameter)

# cached are the APIs of which a stage caches all methods.
cached contains i if {
	some s in api.rest_stages
	s in for_all
	not s in for_some
	input.stages[s].cache_cluster.value == true
	not api.unclear_settings(s)
	some i in input.stages[s].api.targets
}

# for_all are the stages with a setting for all methods.
for_all contains s if {
	some s, stage in input.stages
	some setting in stage.settings.items
	setting.path.value == "/*"
	setting.method.value == "*"
}

for_all contains s if {
	some part in input.stage_settings
	part.path.value == "*/*"
	some s in part.stage.targets
}

# for_some are the stages of which some methods have, or may have, no cache.
for_some contains s if {
	some s, stage in input.stages
	some setting in stage.settings.items
	not setting.caching.value == true
}

for_some contains s if {
	some part in input.stage_settings
	some s in part.stage.targets
	not part.settings.caching.value == true
}
