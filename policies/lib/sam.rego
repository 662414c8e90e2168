# METADATA
# description: What SAM writes and the author of a template cannot change.
package lib.sam

import data.sam_policy_templates

# wrote reports whether SAM writes an action with a wildcard into the policies of a role, or may.
wrote(i, action) if {
	some name, wildcard in sam_policy_templates.wildcards
	lower(action) == lower(wildcard)
	some f, fn in input.functions
	runs(f, input.roles[i].functions)
	some policy in fn.sam_policies.items
	object.get(policy.name, "value", name) == name
}

runs(f, functions) if f in functions.targets

runs(_, functions) if functions.unknown
