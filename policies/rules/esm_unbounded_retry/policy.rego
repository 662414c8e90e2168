# METADATA
# title: Stream mapping retries without a limit
# description: |
#   A record that the function cannot process is retried until it expires: after up to a day in a
#   DynamoDB stream, a week or more in Kinesis and Kafka. Until then the records behind it in the
#   shard or partition wait.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
#     description: Lambda parameters for Amazon Kinesis Data Streams event source mappings
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-unbounded-retry
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-835]
#   peers: []
#   fix:
#     title: Retry three times, and split batches that fail
#     unsafe: records that fail four times are discarded, or sent to the failure destination
#     attribute: max_retry_attempts
#     set: 3
#     also:
#       - attribute: bisect_on_error
#         set: true
#   remediation: |
#     Set `maximum_retry_attempts` (`MaximumRetryAttempts`) or `maximum_record_age_in_seconds`
#     (`MaximumRecordAgeInSeconds`), a failure destination, and `bisect_batch_on_function_error`
#     (`BisectBatchOnFunctionError`), which separates the failing record from its batch.
package rules.esm_unbounded_retry

import data.lib.sources

deny contains {"at": mapping.max_retry_attempts.at, "message": $"{mapping.id} retries a record that fails until it expires: the limits of retries and age are -1 (unlimited)"} if {
	some i, mapping in input.event_sources
	unlimited(mapping.max_retry_attempts)
	unlimited(mapping.max_record_age)
	mapping.bisect_on_error.value == false
	some kind in sources.kinds[i]
	kind in {"dynamodb", "kafka", "kinesis"}
	mapping.kafka.consumption_mode.value != "Queue" # no retries
	mapping.enabled.value
}

# unlimited reports whether a limit has its default, -1.
unlimited(limit) if limit.absent

unlimited(limit) if limit.value == -1
