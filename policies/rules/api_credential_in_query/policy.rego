# METADATA
# title: API takes a credential from the query string
# description: |
#   The authorizer of the API reads a token, key or password from the query string. URLs are written to
#   access logs of proxies and servers, to the history of browsers and to the Referer header, so the
#   credential reaches places that do not protect it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
#     description: Configure an API Gateway Lambda authorizer
# schemas:
#   - input: schema.stack
# custom:
#   id: api-credential-in-query
#   severity: medium
#   category: invocation
#   profile: strict
#   practices: [8a]
#   since: v0.1.0
#   cwe: [CWE-598]
#   peers: []
#   remediation: |
#     Send the credential in a header, and name that header as the identity source, for example
#     `method.request.header.Authorization` (`$request.header.Authorization` for HTTP APIs).
package rules.api_credential_in_query

deny contains {"at": source.at, "key": $"{name}", "message": $"{authorizer.id} takes the credential {name} from the query string"} if {
	some authorizer in input.authorizers
	some source in authorizer.identity_sources.items

	# A text of a REST API can contain several sources, separated by commas.
	some part in split(source.value, ",")

	# Not those of WebSocket APIs (route.request.querystring): browsers cannot set headers for them.
	regex.match(`^\s*(\$|method\.)request\.querystring\.`, part)
	name := regex.replace(part, `^.*\.querystring\.|\s+$`, "")
	is_credential(name)
}

is_credential(name) if {
	regex.match(`(?i)(token|jwt|api[-_.]?key|secret|passw(or)?d|pwd|credentials?|authori[sz]ation)$|^(x-)?(key|auth|session([-_.]?id)?|sid)$`, name)
	not regex.match(`(?i)(page|next|continuation|sync|csrf|xsrf)[-_.]?token$`, name)
}
