# METADATA
# title: Timeout is not set
# description: |
#   Without a timeout, Lambda stops the function after 3 seconds. A slow dependency or a cold start
#   then interrupts the work in the middle.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
#     description: Configure Lambda function timeout
# schemas:
#   - input: schema.stack
# custom:
#   id: timeout-default
#   severity: info
#   category: reliability
#   profile: all
#   practices: [11b]
#   since: v0.1.0
#   cwe: [CWE-400]
#   peers:
#     - serverless-rules aws_lambda_function_default_timeout
#     - serverless-rules ES1006
#     - cdk-nag LambdaDefaultTimeout
#   remediation: |
#     Set the timeout (`timeout`, `Timeout`) to slightly more than the longest expected duration.
package rules.timeout_default

deny contains {"at": fn.timeout.at, "message": $"{fn.id} has no timeout: Lambda stops it after 3 seconds"} if {
	some fn in input.functions
	fn.timeout.absent
}
