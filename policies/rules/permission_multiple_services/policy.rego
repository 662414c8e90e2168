# METADATA
# title: Function is invoked by several services
# description: |
#   Each service sends events of another form, so the function must tell them apart, and every
#   service adds to what can reach the permissions of its execution role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
#     description: Invoking Lambda with events from other AWS services
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-multiple-services
#   severity: info
#   category: invocation
#   profile: all
#   practices: [10a]
#   since: v0.1.0
#   cwe: [CWE-1357]
#   peers:
#     - serverless-rules aws_lambda_permission_multiple_principals
#     - serverless-rules WS1002
#   remediation: |
#     Split the function into one for each service, with its own execution role.
package rules.permission_multiple_services

import data.lib.invoke
import data.lib.text

deny contains {"at": fn.at, "message": $"{fn.id} is invoked by several services: {text.names(services)}"} if {
	some i, fn in input.functions
	services := {name |
		some j in invoke.permissions[i]
		name := regex.find_all_string_submatch_n(`^([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$`, input.permissions[j].principal.value, 1)[0][1]
		not name in at_edge
	}
	count(services) > 1
}

# The service that copies functions to the edge locations invokes none.
at_edge := {"edgelambda", "replicator"}
