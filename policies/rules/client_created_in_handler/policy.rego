# METADATA
# title: Handler creates a client of an AWS service on every invocation
# description: |
#   A client that is created outside of the handler is reused by the invocations of an instance. One
#   that the handler creates costs time and a new connection each time.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: client-created-in-handler
#   severity: info
#   category: reliability
#   profile: all
#   practices: [11b]
#   since: v0.1.0
#   remediation: |
#     Create the client outside of the handler.
package rules.client_created_in_handler

import data.lib.code

deny contains {"at": client.at, "message": $"{user} creates a client of {service} on every invocation", "key": $"{service}"} if {
	some source in input.sources
	user := code.user(source)
	some client in source.clients.items
	client.in_handler.value == true
	service := client.service.value
}
