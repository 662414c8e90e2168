# METADATA
# title: CloudWatch Logs permission never matches
# description: |
#   CloudWatch Logs invokes functions with the ARN of the log group followed by `:*`. A source ARN
#   without this suffix never matches, so the subscription filter cannot be created. The usual
#   workaround is a permission without a source ARN.
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
#   practices: [10b]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - Semgrep lambda-permission-logs-missing-arn-asterisk
#   fix:
#     title: Append :* to the source ARN
#     append: ":*"
#   remediation: |
#     Append `:*` to the source ARN.
package rules.permission_logs_source_arn_suffix

deny contains {"at": permission.source_arn.at, "message": $"{permission.id} never matches: its source ARN {permission.source_arn.value} does not end with :*"} if {
	some permission in input.permissions
	regex.match(`^logs\.`, permission.principal.value)
	not endswith(permission.source_arn.value, "*")
	regex.match(`^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^*]+$`, permission.source_arn.value)
}

# The Terraform provider removes the suffix from the attribute arn of a log group.
deny contains {"at": permission.source_arn.at, "message": $"{permission.id} never matches: its source ARN, the arn of a log group, does not end with :*"} if {
	some permission in input.permissions
	permission.type == "aws_lambda_permission"
	regex.match(`^logs\.`, permission.principal.value)
	permission.source_arn.unknown
	not permission.source_arn.suffix
	object.get(permission.source_arn, "prefix", "arn:") == "arn:"
	count(permission.source_arn.targets) > 0
}
