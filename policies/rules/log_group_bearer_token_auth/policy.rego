# METADATA
# title: Log group accepts bearer tokens
# description: |
#   With bearer token authentication, a client with a token of CloudWatch Logs can write log
#   events without signing the request. A leaked token is enough to forge or flood the logs of
#   the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
#     description: AWS::Logs::LogGroup
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-bearer-token-auth
#   severity: medium
#   category: observability
#   profile: default
#   practices: [15b]
#   since: v0.1.0
#   cwe: [CWE-287]
#   peers: []
#   formats: [CloudFormation, SAM]
#   fix:
#     title: Switch bearer token authentication off
#     unsafe: clients that use a bearer token can no longer write
#     set: false
#   remediation: |
#     Remove `BearerTokenAuthenticationEnabled`, and let clients sign their requests with IAM
#     credentials.
package rules.log_group_bearer_token_auth

deny contains {"at": group.bearer_token.at, "message": $"{group.id} accepts log events with a bearer token instead of a signed request"} if {
	some group in input.log_groups
	group.bearer_token.value == true
}
