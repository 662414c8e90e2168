# METADATA
# title: Code prints unstructured texts
# description: |
#   Texts that the code prints have no level and no request ID, so they can be neither filtered by level nor
#   searched by their parts.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
#     description: Configuring JSON and plain text log formats
# schemas:
#   - input: schema.stack
# custom:
#   id: log-unstructured
#   severity: info
#   category: observability
#   profile: all
#   practices: [15c]
#   since: v0.1.0
#   remediation: |
#     Use a logger with structured output, such as that of Powertools for AWS Lambda, or set the log format of
#     the function to JSON and use the logger of the language.
package rules.log_unstructured

import data.lib.code

deny contains {"at": entry.at, "message": $"{user} prints unstructured texts, with {name}"} if {
	some source in input.sources
	user := code.user(source)
	not structured(source)
	some entry in source.logs.items
	entry.content.value == "text"
	name := entry.function.value
}

# structured reports whether the functions of some code may have structured logs.
structured(source) if {
	some f in source.functions.targets
	not input.functions[f].logging.format.value == "Text"
}

structured(source) if {
	some module in source.imports.items
	regex.match(`powertools|structlog|json_?log|loguru|pino|winston|bunyan|lambda-log|loglevel`, module.module.value)
}

structured(source) if source.imports.unknown

structured(source) if {
	some module in source.imports.items
	module.module.unknown
}
