# METADATA
# title: Permission for CloudWatch Logs can never match
# description: |
#   CloudWatch Logs invokes with the ARN of the log group and :* behind it. Without that ending the
#   permission does not match, the subscription cannot be created, and the hurried fix is often a
#   permission without a source.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
#     description: Log group-level subscription filters
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-logs-source-arn-suffix
#   severity: low
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - Semgrep lambda-permission-logs-missing-arn-asterisk
#   fix:
#     title: End the ARN of the log group with :*
#     append: ":*"
#   remediation: |
#     End the source ARN with ":*".
package rules.permission_logs_source_arn_suffix

deny contains {"at": permission.source_arn.at, "message": $"{permission.id} never matches: the ARN of a log group needs :* at its end"} if {
	some permission in input.permissions
	regex.match(`^logs\.`, permission.principal.value)
	regex.match(`^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^*]+$`, permission.source_arn.value)
}

# Terraform's provider takes the ending away from the attribute arn of a log group.
deny contains {"at": permission.source_arn.at, "message": $"{permission.id} never matches: the ARN of a log group needs :* at its end"} if {
	some permission in input.permissions
	permission.type == "aws_lambda_permission"
	regex.match(`^logs\.`, permission.principal.value)
	permission.source_arn.unknown
	not permission.source_arn.suffix
	object.get(permission.source_arn, "prefix", "arn:") == "arn:"
	count(permission.source_arn.targets) > 0
}
