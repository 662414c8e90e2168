# METADATA
# title: SAM event opts out of the default authorizer
# description: |
#   The API has a default authorizer, but the event sets Authorizer to NONE. Its route is public,
#   and anyone on the internet can invoke the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-apifunctionauth.html
#     description: ApiFunctionAuth
# schemas:
#   - input: schema.stack
# custom:
#   id: sam-event-auth-none
#   severity: high
#   category: invocation
#   profile: default
#   practices: [8a]
#   formats: [SAM]
#   since: v0.1.0
#   cwe: [CWE-306]
#   remediation: |
#     Remove Authorizer NONE from the event. If the route must be public, as for a health check or
#     a webhook, suppress the finding with the reason.
package rules.sam_event_auth_none

import data.lib.api

deny contains {"at": route.authorization.at, "message": $"{route.id} is public: Authorizer NONE overrides the default authorizer of the API"} if {
	some r in api.public
	route := input.routes[r]
	route.generated
	not route.authorization.absent
}
