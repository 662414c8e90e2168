# METADATA
# title: Runtime belongs to another account
# description: |
#   The publisher of a customer-managed runtime can change its code, which runs with the execution
#   role of the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-customer-managed.html
#     description: Customer-managed runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-foreign-publisher
#   severity: high
#   category: supply-chain
#   profile: default
#   practices: [13b, 13c]
#   since: v0.1.0
#   cwe: [CWE-829]
#   formats: [CloudFormation, SAM]
#   peers: []
#   remediation: |
#     Use a runtime of your own account or of AWS. Add accounts that you trust to `trusted-accounts`
#     in .lintel.yaml.
package rules.runtime_foreign_publisher

import data.lib.accounts

deny contains {"at": fn.runtime_arn.at, "message": $"{fn.id} uses the runtime {fn.runtime_arn.value} of account {account}, which can change the code that runs with the execution role"} if {
	some fn in input.functions
	account := regex.find_all_string_submatch_n(`^arn:[^:]*:lambda:[^:]*:([0-9]{12}):`, fn.runtime_arn.value, 1)[0][1]
	accounts.third_party(account)
}
