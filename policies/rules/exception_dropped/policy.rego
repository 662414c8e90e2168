# METADATA
# title: Code drops every exception
# description: |
#   A handler of exceptions that catches all of them and does nothing hides failures: the invocation
#   succeeds, so there is no retry, no dead-letter queue and no alarm.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html
#     description: Lambda function errors in Python
# schemas:
#   - input: schema.stack
# custom:
#   id: exception-dropped
#   severity: low
#   category: reliability
#   profile: all
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-390]
#   remediation: |
#     Catch the exceptions that are expected, log the others and raise them again.
package rules.exception_dropped

import data.lib.code

deny contains {"at": handler.at, "message": $"{user} drops every exception here"} if {
	some source in input.sources
	user := code.user(source)
	some handler in source.catches.items
	handler.every.value == true
	handler.empty.value == true
}
