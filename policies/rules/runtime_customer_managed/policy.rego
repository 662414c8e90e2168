# METADATA
# title: Runtime is customer-managed
# description: |
#   AWS does not patch a customer-managed runtime: its publisher does.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-customer-managed.html
#     description: Customer-managed runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-customer-managed
#   severity: info
#   category: supply-chain
#   profile: all
#   practices: [13c]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers: []
#   remediation: |
#     Use a managed runtime, or make sure that the publisher of the runtime patches it.
package rules.runtime_customer_managed

import data.runtimes

deny contains {"at": fn.runtime.at, "message": $"{fn.id} has the customer-managed runtime {fn.runtime.value}, which AWS does not patch"} if {
	some fn in input.functions
	runtimes.list[fn.runtime.value].customer_managed
}
