# METADATA
# title: API cache is not encrypted
# description: |
#   The cache stores responses of the API, which can contain personal data, without encryption at
#   rest.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
#     description: Cache settings for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-cache-unencrypted
#   severity: medium
#   category: encryption
#   profile: default
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - Trivy AWS-0110
#     - CKV_AWS_308
#     - Trivy AWS-0002
#     - KICS b7c9a40c
#     - KICS 37cca703
#     - cfn_nag W87
#     - Guard API_GW_CACHE_ENABLED_AND_ENCRYPTED
#     - cdk-nag APIGWCacheEnabledAndEncrypted
#     - Security Hub APIGateway.5
#   fix:
#     title: Encrypt the cache
#     set: true
#   remediation: |
#     Encrypt the cache: set cache_data_encrypted (CacheDataEncrypted) to true.
package rules.api_cache_unencrypted

deny contains {"at": setting.cache_encrypted.at, "message": $"{stage.id} caches responses without encryption"} if {
	some stage in input.stages
	stage.cache_cluster.value == true # without it, nothing is cached
	some setting in stage.settings.items
	unencrypted(setting)
}

deny contains {"at": part.settings.cache_encrypted.at, "message": $"{part.id} caches responses without encryption"} if {
	some part in input.stage_settings
	unencrypted(part.settings)
	may_cache(part.stage)
}

unencrypted(setting) if {
	setting.caching.value == true
	setting.cache_encrypted.value == false
}

# may_cache reports whether a stage has a cache cluster, or is not in the template.
may_cache(stage) if {
	some i in stage.targets
	input.stages[i].cache_cluster.value == true
}

may_cache(stage) if {
	count(stage.targets) == 0
	stage.value
}
