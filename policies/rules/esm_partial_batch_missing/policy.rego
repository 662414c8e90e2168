# METADATA
# title: Mapping does not report which records of a batch failed
# description: |
#   If one record fails, Lambda retries the whole batch, including the records that were processed.
#   Their effects occur several times, and in a queue they can reach the dead-letter queue.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
#     description: Handling errors for an SQS event source in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-partial-batch-missing
#   severity: info
#   category: reliability
#   profile: all
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-755]
#   peers: []
#   remediation: |
#     Return the failed records from the function, then set `function_response_types`
#     (`FunctionResponseTypes`) to `ReportBatchItemFailures`.
package rules.esm_partial_batch_missing

import data.lib.sources

deny contains {"at": mapping.response_types.at, "message": $"{mapping.id} retries a whole batch if one record fails: it does not report batch item failures"} if {
	some i, mapping in input.event_sources
	some kind in sources.kinds[i]
	kind in {"dynamodb", "kinesis", "sqs"}
	not mapping.response_types.unknown
	every type in mapping.response_types.items {
		type.value != "ReportBatchItemFailures"
	}
	several(mapping.batch_size)
}

# several reports whether batches have more than one record, as they have by default.
several(size) if size.absent

several(size) if size.value > 1
