# METADATA
# title: Stream mapping has no failure destination
# description: |
#   Lambda discards a batch of records when the retries end or the records are too old. Without a
#   failure destination nothing shows which records were discarded, and they cannot be processed
#   again.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
#     description: Retain discarded batch records for a Kinesis Data Streams event source in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-failure-destination-missing
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-755]
#   peers:
#     - serverless-rules aws_lambda_event_source_mapping_failure_destination
#     - serverless-rules ES1001
#     - cdk-nag LambdaEventSourceMappingDestination
#   remediation: |
#     Set a failure destination (`destination_config.on_failure`, `DestinationConfig.OnFailure`): a
#     queue, a topic or a bucket that the execution role can write to. Add an alarm on what arrives
#     there.
package rules.esm_failure_destination_missing

import data.lib.sources

# Queues, brokers and DocumentDB have no failure destination.
deny contains {"at": mapping.on_failure.at, "message": $"{mapping.id} has no failure destination: records that fail are lost"} if {
	some i, mapping in input.event_sources
	mapping.on_failure.absent
	some kind in sources.kinds[i]
	kind in {"dynamodb", "kafka", "kinesis"}
	mapping.enabled.value
}
