# METADATA
# title: Schema registry is read without authentication
# description: |
#   Attackers who can write to the schema registry decide how Lambda decodes and validates the
#   records of the topic, and which records it rejects. A registry that can be read without
#   authentication is often open for writing, too.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html
#     description: Using schema registries with Kafka event sources in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-schema-registry-no-auth
#   severity: medium
#   category: invocation
#   profile: strict
#   practices: [10d]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers: []
#   remediation: |
#     Require authentication on the registry, and add the credentials to the access configurations
#     of the registry (`access_config`, `AccessConfigs`): `BASIC_AUTH`, `OAUTHBEARER_AUTH` or
#     `CLIENT_CERTIFICATE_TLS_AUTH`.
package rules.esm_schema_registry_no_auth

deny contains {"at": registry.uri.at, "message": $"{mapping.id} reads schemas from a registry without authentication: {registry.uri.value}"} if {
	some mapping in input.event_sources
	registry := mapping.kafka.schema_registry
	startswith(registry.uri.value, "https://")
	not registry.access_configs.unknown
	every access in registry.access_configs.items {
		not access.unknown
		not access.type.unknown
		not access.type.value in {"BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "OAUTHBEARER_AUTH"}
	}
}
