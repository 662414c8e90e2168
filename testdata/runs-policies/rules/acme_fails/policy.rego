# METADATA
# title: A rule that fails for some functions
# description: |
#   It tests that a failure is reported in the same way in every run.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/welcome.html
#     description: Developer guide
# schemas:
#   - input: schema.stack
# custom:
#   id: acme-fails
#   severity: low
#   category: own
#   profile: default
#   since: v0.1.0
#   cwe: []
#   peers: []
#   remediation: |
#     Nothing.
package rules.acme_fails

deny contains {"at": fn.at, "message": $"{fn.id} has the number {to_number(fn.handler.value)}"} if {
	some fn in input.functions
}
