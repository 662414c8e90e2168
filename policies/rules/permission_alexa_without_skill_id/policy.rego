# METADATA
# title: Any Alexa skill may invoke the function
# description: |
#   Alexa invokes functions for everybody who builds a skill. Without the id of the skill a
#   stranger only needs the ARN of the function to call it from a skill of his own.
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
#   since: v0.1.0
#   cwe: [CWE-441]
#   peers: []
#   remediation: |
#     Set the event source token (in SAM, the SkillId of the event) to the id of the skill.
package rules.permission_alexa_without_skill_id

alexa := {"alexa-appkit.amazon.com", "alexa-connectedhome.amazon.com"}

deny contains {"at": permission.event_source_token.at, "message": $"{permission.id} lets any Alexa skill invoke the function"} if {
	some permission in input.permissions
	permission.principal.value in alexa
	permission.event_source_token.absent
}
