# METADATA
# title: Durable executions are kept or run for long, or have no customer managed key
# description: |
#   The history of a durable execution contains the inputs and results of all its steps. The longer
#   it is kept, the more an attacker finds in it, and access to a key of AWS cannot be denied. An
#   execution that may run for months keeps its credentials and its costs for as long.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/durable-encryption.html
#     description: Encryption at rest for Lambda durable functions
# schemas:
#   - input: schema.stack
# custom:
#   id: durable-config-weak
#   severity: low
#   category: encryption
#   profile: strict
#   practices: [12c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers: []
#   remediation: |
#     Set a customer managed key (`KMSKeyArn`), keep the history for at most 30 days
#     (`retention_period`, `RetentionPeriodInDays`) and set `execution_timeout` or `ExecutionTimeout`
#     to the longest expected duration.
package rules.durable_config_weak

deny contains {"at": fn.durable.kms_key.at, "message": $"{fn.id} encrypts the history of its durable executions with a key of AWS"} if {
	some fn in input.functions
	not startswith(fn.type, "aws_") # Terraform has no argument for the key
	is_durable(fn)
	fn.durable.kms_key.absent
}

deny contains {"at": fn.durable.retention.at, "message": $"{fn.id} keeps the history of its durable executions for {fn.durable.retention.value} days"} if {
	some fn in input.functions
	is_durable(fn)
	fn.durable.retention.value > 30
}

deny contains {"at": fn.durable.execution_timeout.at, "message": $"{fn.id} lets a durable execution run for more than 30 days: its timeout is {fn.durable.execution_timeout.value} seconds"} if {
	some fn in input.functions
	is_durable(fn)
	fn.durable.execution_timeout.value > 2592000
}

is_durable(fn) if {
	not fn.durable.absent
	not fn.durable.unknown
}
