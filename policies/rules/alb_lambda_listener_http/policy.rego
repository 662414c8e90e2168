# METADATA
# title: Load balancer in front of a function accepts unencrypted or weakly encrypted requests
# description: |
#   A listener with the protocol HTTP receives requests for the function in clear text: with tokens,
#   cookies and personal data. A security policy that allows TLS 1.0 and 1.1 does not protect
#   against known attacks.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-alb.html
#     description: Process Application Load Balancer requests with Lambda
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
#     description: Security policies for your Application Load Balancer
# schemas:
#   - input: schema.stack
# custom:
#   id: alb-lambda-listener-http
#   severity: medium
#   category: encryption
#   profile: default
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-319]
#   peers:
#     - CKV_AWS_2
#     - CKV_AWS_103
#     - Trivy AWS-0054
#     - Trivy AWS-0047
#     - cfn_nag W56
#     - cfn_nag W55
#   remediation: |
#     Forward requests from a listener with the protocol HTTPS and a security policy of TLS 1.2 or
#     later, and redirect HTTP to HTTPS.
package rules.alb_lambda_listener_http

import data.lib.http

deny contains {"at": listener.protocol.at, "severity": severity(listener), "message": $"{listener.id} forwards requests to a function over HTTP in clear text"} if {
	some i in targets
	listener := input.listeners[i]
	listener.protocol.value == "HTTP"
}

deny contains {"at": listener.ssl_policy.at, "severity": severity(listener), "message": $"{listener.id} forwards requests to a function and accepts TLS 1.0 or 1.1: its security policy is {listener.ssl_policy.value}"} if {
	some i in targets
	listener := input.listeners[i]
	listener.protocol.value == "HTTPS"
	regex.match(weak, listener.ssl_policy.value)
}

# targets are the listeners that forward requests to functions.
targets contains forward.listener if some forward in http.forwards

severity(listener) := "medium" if {
	http.of_internet(listener)
} else := "low"

weak := `^ELBSecurityPolicy-(2015-05|2016-08|FS-2018-06|FS-1-1-2019-08|TLS-1-[01]-20\d\d-\d\d|TLS13-1-[01]-2021-06)$`
