# METADATA
# title: JWT authorizer does not check the audience
# description: |
#   Without an audience, a JWT authorizer accepts every valid token of its issuer, also one that a
#   user obtained for another application. Identity providers issue tokens for many applications.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
#     description: Control access to HTTP APIs with JWT authorizers in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-authorizer-weak
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [8a]
#   since: v0.1.0
#   cwe: [CWE-863]
#   peers: []
#   remediation: |
#     Set `audience` (`Audience`) to the identifiers of the clients of the API.
package rules.api_authorizer_weak

deny contains {"at": authorizer.audience.at, "message": $"{authorizer.id} accepts tokens that its issuer made for any application: no audience is set"} if {
	some authorizer in input.authorizers
	authorizer.type.value == "JWT"
	without_audience(authorizer.audience)
}

without_audience(audience) if audience.absent

without_audience(audience) if {
	not audience.unknown
	not audience.absent
	count(audience.items) == 0
}
