# METADATA
# title: Recursive loop detection is off
# description: |
#   Lambda stops a function that invokes itself through SQS, SNS or S3 about 16 times. With the
#   value Allow, such a loop runs until the account runs out of concurrency or it is stopped by
#   hand, and every invocation costs money.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
#     description: Use Lambda recursive loop detection to prevent infinite loops
# schemas:
#   - input: schema.stack
# custom:
#   id: recursive-loop-allowed
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [9c, 11d]
#   since: v0.1.0
#   cwe: [CWE-674]
#   peers: []
#   fix:
#     title: Stop recursive loops
#     unsafe: a loop that is intended stops
#     steps:
#       - attribute: tf:recursive_loop
#         set: Terminate
#       - attribute: recursive_loop
#         set: Terminate
#   remediation: |
#     Set `recursive_loop` (`RecursiveLoop`) to `Terminate`. If the loop is intended, suppress the
#     finding with the reason.
package rules.recursive_loop_allowed

deny contains {"at": fn.recursive_loop.at, "message": $"{fn.id} can invoke itself in a loop without being stopped: RecursiveLoop is {fn.recursive_loop.value}"} if {
	some fn in input.functions
	fn.recursive_loop.value == "Allow"
}
