# METADATA
# title: Nothing invokes the function or refers to it
# description: |
#   A function that nothing uses still has an execution role, environment variables and a runtime that
#   ages, and an attack on it stays unnoticed. Functions that are invoked by name from elsewhere look
#   the same; functions whose log group, alarm or output is in the template are left out, and so are
#   templates that use none of their functions, because what invokes them is elsewhere.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-configuration
#     description: Best practices for working with AWS Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: function-unused
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [4a]
#   since: v0.1.0
#   cwe: [CWE-561]
#   peers: []
#   remediation: |
#     Delete the function if it is no longer used. Suppress the finding if something outside of the
#     template invokes it.
package rules.function_unused

import data.lib.lifecycle
import data.lib.trust

deny contains {"at": fn.at, "message": $"{fn.id} is possibly unused: it has no trigger, and nothing in the template refers to it"} if {
	some i, fn in input.functions
	fn.referenced.value == false
	not used(i)
	not trust.at_edge(fn)
	uses_any
}

# uses_any is true if the template uses a function: others that it does not use are conspicuous then.
uses_any if {
	some fn in input.functions
	fn.referenced.value == true
}

uses_any if {
	some i, _ in input.functions
	used(i)
}

# used reports whether a resource of the template is for a function, or may be.
used(i) if i in targets

used(_) if for_unknown

targets contains i if {
	some resources in for_functions
	some resource in resources
	some i in resource.function.targets
}

targets contains i if {
	some trigger in input.triggers
	some target in trigger.targets.items
	some i in target.function.targets
}

# for_unknown is true if a resource of the template may be for any function.
for_unknown if {
	some resources in for_functions
	some resource in resources
	lifecycle.names_none(resource.function)
}

for_functions := [
	input.aliases, input.async_configs, input.event_sources, input.function_urls, input.permissions,
	input.provisioned_concurrency, input.resource_policies, input.versions,
]
