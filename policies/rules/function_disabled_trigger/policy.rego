# METADATA
# title: All triggers of a function are disabled
# description: |
#   Nothing invokes the function. Functions that are not used are not updated, and their roles and
#   URLs remain for attackers.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with AWS Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: function-disabled-trigger
#   severity: info
#   category: reliability
#   profile: all
#   practices: [4b]
#   since: v0.1.0
#   cwe: [CWE-561]
#   peers: []
#   remediation: |
#     Enable a trigger, or remove the function with its triggers and its role.
package rules.function_disabled_trigger

import data.lib.text

deny contains {"at": fn.at, "message": $"{fn.id} has no enabled trigger: {text.names(names)} {verb(names)} disabled"} if {
	some i, fn in input.functions
	names := off[i]
	count(names) > 0
	not invoked(i)
	not somewhere
}

verb(names) := "is" if count(names) == 1

verb(names) := "are" if count(names) > 1

# off are the triggers and mappings of functions that are switched off, by the index of the function.
off[i] contains trigger.id if {
	some trigger in input.triggers
	trigger.enabled.value == false
	some target in trigger.targets.items
	some i in target.function.targets
}

off[i] contains mapping.id if {
	some mapping in input.event_sources
	mapping.enabled.value == false
	some i in mapping.function.targets
}

# invoked reports whether something may invoke a function: a trigger, a mapping, a URL, a route, or what a permission is for.
invoked(i) if {
	some trigger in input.triggers
	not trigger.enabled.value == false
	some target in trigger.targets.items
	i in target.function.targets
}

invoked(i) if {
	some mapping in input.event_sources
	not mapping.enabled.value == false
	i in mapping.function.targets
}

invoked(i) if {
	some url in input.function_urls
	i in url.function.targets
}

invoked(i) if {
	some route in input.routes
	i in route.function.targets
}

invoked(i) if {
	some permission in input.permissions
	i in permission.function.targets
	not switched_off(permission)
}

# switched_off reports whether a permission is for a service whose triggers are switched off.
switched_off(permission) if split(permission.principal.value, ".")[0] in services

# services are those of triggers that are switched off.
services contains trigger.service.value if {
	some trigger in input.triggers
	trigger.enabled.value == false
}

# somewhere reports whether a mapping, a permission or a URL is for an undetermined function.
somewhere if {
	some reference in references
	reference.unknown
	count(reference.targets) == 0
}

references contains mapping.function if some mapping in input.event_sources

references contains permission.function if some permission in input.permissions

references contains url.function if some url in input.function_urls
