# METADATA
# title: Code writes to /tmp and removes nothing
# description: |
#   /tmp survives between invocations of the same instance. Files that stay there can be read by
#   later invocations, for other users, and fill the storage.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: tmp-not-cleaned
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [9b]
#   since: v0.1.0
#   cwe: [CWE-459]
#   remediation: |
#     Remove the files before the handler returns, for example with tempfile.TemporaryDirectory in
#     Python.
package rules.tmp_not_cleaned

import data.lib.code

deny contains {"at": file.at, "message": $"{user} writes {path} and never removes files"} if {
	some source in input.sources
	user := code.user(source)
	source.temporary.removes.value == false
	some file in source.temporary.writes.items
	path := file.value
}
