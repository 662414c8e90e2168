# METADATA
# title: Event source token is in plain text
# description: |
#   The event source token authenticates the caller. A token in a template is readable by everyone
#   who can read the repository, and it stays in the history.
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
#   practices: [6b, 10b]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - cfn_nag F45
#   remediation: |
#     Read the token from a sensitive parameter (`sensitive`, `NoEcho`), or from Secrets Manager at
#     deployment.
package rules.permission_event_source_token_plaintext

# The ID of an Alexa skill is public.
deny contains {"at": permission.event_source_token.at, "message": $"{permission.id} has a plaintext event source token"} if {
	some permission in input.permissions
	token := permission.event_source_token.value
	token != ""
	not startswith(token, "amzn1.ask.skill.")
}
