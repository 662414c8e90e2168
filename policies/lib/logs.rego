# METADATA
# description: Which log groups functions log to, by the indices of both.
package lib.logs

import data.lib.text
import data.lib.trust

# of are the log groups of the template that a function logs to.
of[f] contains g if {
	some f, fn in input.functions
	some g in fn.logging.group.targets
}

# Without a log group in its configuration, a function logs to the group that is named like it.
of[f] contains g if {
	some g, group in input.log_groups
	some f in group.function.targets
	input.functions[f].logging.group.absent
}

# may_have reports whether a log group may be that of a function: its name or that of the function is unknown.
may_have(fn) if {
	some group in input.log_groups
	group.name.unknown
	not group.function.outside
	count(group.function.targets) == 0
	may_be(group.name, fn.name)
}

may_have(fn) if {
	fn.name.unknown
	some group in input.log_groups
	name := trim_prefix(group.name.value, "/aws/lambda/")
	name != group.name.value
	may_be_called(fn.name, name)
}

may_have(_) if {
	some group in input.log_groups
	may_lead_to(group.function)
	count(group.function.targets) == 0
	group.name.value
}

may_be(group, name) if {
	own := $"/aws/lambda/{name.value}"
	startswith(own, object.get(group, "prefix", ""))
	endswith(own, object.get(group, "suffix", ""))
}

may_be(group, name) if {
	not name.value
	startswith("/aws/lambda/", object.get(group, "prefix", ""))
}

may_be(group, name) if {
	not name.value
	startswith(object.get(group, "prefix", ""), "/aws/lambda/")
}

# without are the functions that certainly log to no log group of the template, although the template decides their name
# or their log group.
without contains f if {
	some f, fn in input.functions
	fn.logging.group.absent
	not fn.logging.unknown
	not of[f]
	not may_have(fn)
	not trust.at_edge(fn) # has a log group in each region
}

# stray are the log groups that are named like those of functions, and that no function of the template logs to: by their
# index, the name that the function would have.
stray[g] := name if {
	count(without) > 0
	some g, group in input.log_groups
	count(group.function.targets) == 0
	not may_lead_to(group.function)
	whole := text_of(group.name)
	name := trim_prefix(whole, "/aws/lambda/")
	name != whole
	not startswith(name, "us-east-1.") # of a function at the edge
	every fn in input.functions {
		not g in fn.logging.group.targets
		not fn.logging.group.unknown
		not fn.logging.unknown
		not may_be_called(fn.name, name)
	}
}

# may_lead_to reports whether an unknown reference may lead to a resource of the template.
may_lead_to(ref) if {
	ref.unknown
	not ref.outside
}

# text_of is a name as the template writes it, with ${…} for what is unknown.
text_of(name) := name.symbol

text_of(name) := name.value if not name.symbol

may_be_called(own, name) if {
	own.unknown
	startswith(name, object.get(own, "prefix", ""))
	endswith(name, object.get(own, "suffix", ""))
}

# meant are the functions whose logical id or label is in the name of a stray log group, but whose name is another.
meant[g] contains f if {
	some g, name in stray
	some f in without
	parts := split(text.resource(input.functions[f].id), ".")
	parts[count(parts) - 1] == name
}

# of_functions are the log groups that functions of the template log to.
of_functions contains g if {
	some f
	some g in of[f]
}

# delivered reports whether something sends, or may send, the logs of a log group on.
delivered(g) if {
	some filter in input.subscription_filters
	g in filter.group.targets
}

delivered(_) if {
	some filter in input.subscription_filters
	filter.group.unknown
	count(filter.group.targets) == 0
}

delivered(_) if count(input.log_sources) > 0

delivered(_) if for_account("SUBSCRIPTION_FILTER_POLICY")

# for_account reports whether the account has, or may have, a policy of a type for all log groups.
for_account(kind) if {
	some policy in input.log_account_policies
	object.get(policy.policy_type, "value", kind) == kind
}
