# METADATA
# title: REST API stage caches no responses
# description: |
#   Without a cache, every request invokes the function, also those for the same data.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
#     description: Cache settings for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-cache-disabled
#   severity: info
#   category: reliability
#   profile: all
#   practices: []
#   since: v0.1.0
#   cwe: [CWE-400]
#   peers:
#     - CKV_AWS_120
#     - CKV_AWS_225
#     - Trivy AWS-0190
#     - KICS 52790cad
#     - KICS 60a05ede
#     - CloudSploit apigatewayResponseCaching
#   remediation: |
#     If responses can be reused, set `cache_cluster_enabled` (`CacheClusterEnabled`) to true and
#     enable caching for their methods, with encryption.
package rules.api_cache_disabled

import data.lib.api

deny contains {"at": stage.cache_cluster.at, "message": $"{stage.id} caches no responses: its cache cluster is disabled"} if {
	some i in api.rest_stages
	stage := input.stages[i]
	stage.cache_cluster.value == false
}
