# METADATA
# title: Security policy of a custom domain conflicts with its other settings
# description: |
#   API Gateway rejects an enhanced security policy (one that starts with `SecurityPolicy_`) on a
#   domain name with mutual TLS, and the mapping of an HTTP API to a domain name with such a policy.
#   The deployment fails, or leaves the domain name with its old policy.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
#     description: Choose a security policy for your custom domain in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-domain-policy-conflict
#   severity: medium
#   category: encryption
#   profile: default
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-326]
#   remediation: |
#     Set the security policy to TLS_1_2, or remove mutual TLS or the mapping of the HTTP API.
package rules.api_domain_policy_conflict

deny contains {"at": domain.security_policy.at, "message": $"{domain.id} has the security policy {domain.security_policy.value}: a domain name with mutual TLS cannot have it"} if {
	some domain in input.api_domains
	startswith(domain.security_policy.value, "SecurityPolicy_")
	mutual(domain.mutual_tls.truststore)
}

deny contains {"at": domain.security_policy.at, "message": $"{domain.id} has the security policy {domain.security_policy.value}: the HTTP API {declared.id} cannot be mapped to a domain name with it"} if {
	some i, domain in input.api_domains
	startswith(domain.security_policy.value, "SecurityPolicy_")
	some mapping in input.api_mappings
	i in mapping.domain.targets
	some a in mapping.api.targets
	declared := input.apis[a]
	declared.protocol.value == "HTTP"
}

mutual(truststore) if truststore.value

mutual(truststore) if truststore.prefix
