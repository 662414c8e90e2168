# METADATA
# title: Bucket policy allows Lambda for every account
# description: |
#   Lambda reads a package in reference mode with the permissions of the bucket policy. Without a
#   condition, a function of any account can use the packages of the bucket (confused deputy).
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html
#     description: AWS::Lambda::Function Code
# schemas:
#   - input: schema.stack
# custom:
#   id: code-reference-bucket-policy-open
#   severity: medium
#   category: supply-chain
#   profile: default
#   practices: [12b]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Add a condition with `aws:SourceArn` or `aws:SourceAccount` to the statement.
package rules.code_reference_bucket_policy_open

import data.lib.trust

deny contains {"at": principal.value.at, "message": $"{bucket.id} allows lambda.amazonaws.com to read objects without a source ARN or source account (confused deputy)"} if {
	some bucket in input.buckets
	some statement in bucket.statements.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Service"
	principal.value.value == "lambda.amazonaws.com"
	some action in statement.actions.items
	regex.match(`(?i)^(\*|s3:(\*|get\*|getobject.*))$`, action.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}
