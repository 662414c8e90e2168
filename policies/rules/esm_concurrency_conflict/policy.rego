# METADATA
# title: Maximum concurrency of queues exceeds the reserved concurrency
# description: |
#   Lambda receives more messages than the function may process at the same time. Throttled messages
#   return to the queue, their receive count rises, and they can reach the dead-letter queue without
#   being processed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
#     description: Configuring scaling behavior for SQS event source mappings
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-concurrency-conflict
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [11d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   remediation: |
#     Set the reserved concurrency to at least the sum of `maximum_concurrency`
#     (`MaximumConcurrency`) of all mappings of the function, or reduce the maximum concurrency.
package rules.esm_concurrency_conflict

deny contains {"at": fn.reserved_concurrency.at, "message": $"{fn.id} has a reserved concurrency of {fn.reserved_concurrency.value}, but its queues may use {most}"} if {
	some i, fn in input.functions
	fn.reserved_concurrency.value > 0
	all := sort([pair[0] | some pair in used[i]])
	most := all[count(all) - 1]
	most > fn.reserved_concurrency.value
}

# used are the maximum concurrencies of every mapping and of every two mappings of a function, by its index.
used[i] contains [mapping.max_concurrency.value, m, m] if {
	some m, mapping in input.event_sources
	some i in mapping.function.targets
}

used[i] contains [first.max_concurrency.value + second.max_concurrency.value, m, n] if {
	some m, first in input.event_sources
	some n, second in input.event_sources
	m < n
	some i in first.function.targets
	i in second.function.targets
	first.max_concurrency.value + second.max_concurrency.value > 0
}
