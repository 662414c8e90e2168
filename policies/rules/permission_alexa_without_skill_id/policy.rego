# METADATA
# title: Any Alexa skill can invoke the function
# description: |
#   Alexa invokes functions on behalf of every skill developer (confused deputy). Without a skill ID
#   in the permission, a third party needs only the ARN of the function to invoke it from another
#   skill.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-alexaskill.html
#     description: AlexaSkill
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
#     description: Granting Lambda function access to AWS services
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-alexa-without-skill-id
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10b]
#   since: v0.1.0
#   cwe: [CWE-441]
#   peers: []
#   remediation: |
#     Set the event source token (`event_source_token`, `EventSourceToken`) to the skill ID. In SAM,
#     set `SkillId` on the event.
package rules.permission_alexa_without_skill_id

alexa := {"alexa-appkit.amazon.com", "alexa-connectedhome.amazon.com"}

deny contains {"at": permission.event_source_token.at, "message": $"{permission.id} allows {permission.principal.value} to invoke the function for any Alexa skill, without a skill ID (confused deputy)"} if {
	some permission in input.permissions
	permission.principal.value in alexa
	permission.event_source_token.absent
}
