# METADATA
# title: Every client can invalidate the cache of an API
# description: |
#   Without authorization for cache control, every client can send `Cache-Control: max-age=0`: API
#   Gateway then ignores the cached response, invokes the function and replaces it. Clients can
#   bypass the cache and run up costs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
#     description: Cache settings for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-cache-invalidation-open
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [8b]
#   formats: [Terraform]
#   since: v0.1.0
#   cwe: [CWE-284]
#   remediation: |
#     Set `require_authorization_for_cache_control` to true and allow `execute-api:InvalidateCache`
#     to the clients that need it.
package rules.api_cache_invalidation_open

import data.lib.api

deny contains {"at": setting.of.cache_authorization.at, "message": $"{setting.id} lets every client invalidate cached responses: require_authorization_for_cache_control is false"} if {
	some setting in api.settings
	setting.of.cache_authorization.value == false
	setting.of.caching.value == true
}
