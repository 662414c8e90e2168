# METADATA
# title: Reserved concurrency is zero
# description: |
#   Lambda throttles every invocation of a function whose reserved concurrency is 0. It is an
#   emergency switch: in a template it is usually forgotten, and the events of the function are lost
#   or wait until they expire.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
#     description: Configuring reserved concurrency for a function
# schemas:
#   - input: schema.stack
# custom:
#   id: reserved-concurrency-zero
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [4b]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   remediation: |
#     Remove the setting or the function. Suppress the finding if the function is disabled on purpose.
package rules.reserved_concurrency_zero

deny contains {"at": fn.reserved_concurrency.at, "message": $"{fn.id} can never run: its reserved concurrency is 0"} if {
	some fn in input.functions
	fn.reserved_concurrency.value == 0
}
