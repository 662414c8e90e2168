# METADATA
# title: Handler is not in the package
# description: |
#   Lambda loads the file that the handler names and calls the function in it. If the package has no
#   such file, or the file does not define the name, every invocation fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
#     description: Define Lambda function handler in Python
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
#     description: Define Lambda function handler in Node.js
# schemas:
#   - input: schema.stack
# custom:
#   id: handler-not-found
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [11d]
#   since: v0.1.0
#   remediation: |
#     Correct the handler, or add the file or the function that it names.
package rules.handler_not_found

deny contains {"at": fn.handler.at, "message": $"{fn.id} has the handler {name}, and its package has no file {path}"} if {
	some fn in input.functions
	name := fn.handler.value
	some i in fn.source.targets
	source := input.sources[i]
	source.file.absent
	path := source.missing.value
}

deny contains {"at": fn.handler.at, "message": $"{fn.id} has the handler {name}, which {source.file.value} does not define"} if {
	some fn in input.functions
	name := fn.handler.value
	some i in fn.source.targets
	source := input.sources[i]
	source.file.value
	source.handler.absent
}
