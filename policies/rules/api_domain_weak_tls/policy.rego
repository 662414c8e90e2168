# METADATA
# title: Custom domain of an API accepts TLS 1.0
# description: |
#   With the security policy TLS_1_0, clients can negotiate TLS 1.0 and 1.1 and outdated cipher
#   suites, which do not protect against known attacks.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
#     description: Choose a security policy for your custom domain in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-domain-weak-tls
#   severity: high
#   category: encryption
#   profile: default
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-326]
#   peers:
#     - Guard API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC
#     - Regula classic_custom_domain_name
#     - Regula v2_custom_domain_name
#     - Semgrep aws-insecure-api-gateway-tls-version
#     - Prowler apigateway_domain_name_pqc_tls_enabled
#     - CKV_AWS_206
#     - Trivy AWS-0005
#     - Trivy AWS-0112
#     - KICS 4e1cc5d3
#     - KICS 8275fab0
#     - cfn_nag W62
#     - CloudSploit customDomainTlsVersion
#   fix:
#     title: Require TLS 1.2
#     unsafe: clients that do not support TLS 1.2 lose access
#     set: TLS_1_2
#   remediation: |
#     Set the security policy to TLS_1_2, or to one that starts with SecurityPolicy_TLS13_.
package rules.api_domain_weak_tls

deny contains {"at": domain.security_policy.at, "message": $"{domain.id} accepts TLS 1.0: its security policy is TLS_1_0"} if {
	some domain in input.api_domains
	domain.security_policy.value == "TLS_1_0"
}
