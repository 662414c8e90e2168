# METADATA
# title: HTTP request without a timeout
# description: |
#   The requests library waits for a server without limit. A server that does not answer keeps the
#   function running until its own timeout, and each of those invocations costs and uses
#   concurrency.
# related_resources:
#   - ref: https://requests.readthedocs.io/en/latest/user/advanced/#timeouts
#     description: Timeouts of requests
# schemas:
#   - input: schema.stack
# custom:
#   id: http-without-timeout
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [9c, 11b]
#   since: v0.1.0
#   cwe: [CWE-400]
#   remediation: |
#     Pass a timeout that is shorter than that of the function.
package rules.http_without_timeout

import data.lib.code

deny contains {"at": request.at, "message": $"{user} sends a request without a timeout: {name}"} if {
	some source in input.sources
	user := code.user(source)
	some request in source.requests.items
	request.timeout.value == false
	name := request.function.value
}
