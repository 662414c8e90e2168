# METADATA
# title: Query is composed with a part of the event
# description: |
#   A part of the event that is put into the text of a query can change what the query does (SQL injection):
#   callers of the function, and everyone who can write to the source of its events, can read and change data
#   with the permissions of its database user.
# related_resources:
#   - ref: https://owasp.org/www-project-serverless-top-10/
#     description: OWASP Serverless Top 10, injection
#   - ref: https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ExecuteStatement.html
#     description: Parameters of ExecuteStatement
# schemas:
#   - input: schema.stack
# custom:
#   id: sql-built-from-event
#   severity: high
#   category: identity
#   profile: strict
#   practices: [13e]
#   since: v0.1.0
#   cwe: [CWE-89]
#   remediation: |
#     Pass the values as parameters of the query, not in its text. Check names of tables and columns against
#     a list of allowed ones.
package rules.sql_built_from_event

import data.lib.code

deny contains {"at": query.at, "key": $"{name}", "message": $"{user} puts a part of the event into the text of a query (SQL injection), with {name}"} if {
	some source in input.sources
	user := code.user(source)
	some query in source.queries.items
	query.event.value == true
	name := query.function.value
}
