# METADATA
# title: Event source mapping connects to a broker without authentication
# description: |
#   A Kafka cluster or Amazon MQ broker that accepts the mapping without authentication accepts
#   every client that reaches it. Attackers in the network can read the records and choose the
#   events of the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-configure.html
#     description: Configuring self-managed Apache Kafka event sources for Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-kafka-without-auth
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10d, 13e]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers: []
#   remediation: |
#     Require authentication on the broker, and add the credentials to the mapping
#     (`source_access_configuration`, `SourceAccessConfigurations`), for example
#     `SASL_SCRAM_512_AUTH` or `CLIENT_CERTIFICATE_TLS_AUTH` with a secret.
package rules.esm_kafka_without_auth

import data.lib.sources

deny contains {"at": mapping.access_configs.at, "message": $"{mapping.id} connects to a Kafka cluster without authentication"} if {
	some mapping in input.event_sources
	sources.self_managed(mapping)
	unauthenticated(mapping)
	some access in mapping.access_configs.items
	access.type.value in {"VPC_SECURITY_GROUP", "VPC_SUBNET"}
}

deny contains {"at": mapping.access_configs.at, "severity": "high", "message": $"{mapping.id} connects to a Kafka cluster without authentication and outside of a VPC"} if {
	some mapping in input.event_sources
	sources.self_managed(mapping)
	unauthenticated(mapping)
	every access in mapping.access_configs.items {
		not access.type.value in {"VPC_SECURITY_GROUP", "VPC_SUBNET"}
	}
}

deny contains {"at": mapping.access_configs.at, "message": $"{mapping.id} connects to an Amazon MQ broker without authentication"} if {
	some mapping in input.event_sources
	count(mapping.queues.items) > 0
	unauthenticated(mapping)
}

# unauthenticated reports whether a mapping certainly has no credentials.
unauthenticated(mapping) if {
	not mapping.access_configs.unknown
	every access in mapping.access_configs.items {
		not access.unknown
		not access.type.unknown
		not access.type.value in authentication
	}
}

# authentication are the types of access configurations with credentials.
authentication := {
	"BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "IAM_AUTH", "IAM_OAUTHBEARER_AUTH", "OAUTHBEARER_AUTH",
	"SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH",
}
