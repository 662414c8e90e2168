# METADATA
# title: Token of an event source is in the template
# description: |
#   The token is what tells the real caller from others. In a template everyone who reads the
#   repository has it, and it stays in its history.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-permission.html
#     description: AWS::Lambda::Permission
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-event-source-token-plaintext
#   severity: medium
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - cfn_nag F45
#   remediation: |
#     Take the token from a parameter that is not shown, or from Secrets Manager at deployment.
package rules.permission_event_source_token_plaintext

# The id of an Alexa skill is public.
deny contains {"at": permission.event_source_token.at, "message": $"{permission.id} has its event source token in plain text"} if {
	some permission in input.permissions
	token := permission.event_source_token.value
	token != ""
	not startswith(token, "amzn1.ask.skill.")
}
