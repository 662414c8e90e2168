# METADATA
# title: Functions share a security group
# description: |
#   Each function can reach everything that any of them needs, so a vulnerability in one function
#   exposes the targets of all.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-security-group-shared
#   severity: low
#   category: network
#   profile: strict
#   practices: [1b]
#   since: v0.1.0
#   cwe: [CWE-1220]
#   peers: []
#   remediation: |
#     Give each function a security group of its own.
package rules.vpc_security_group_shared

import data.lib.network
import data.lib.text

deny contains {"at": group.at, "message": $"{group.id} is a security group of {text.names(names)}"} if {
	some g, group in input.security_groups
	not network.is_default(group)
	names := users(g)
	count(names) > 1
}

# Of a group that is not in the template, the variants of the first function show the place.
deny contains {"at": group.at, "message": $"The security group {id} is used by {network.names(functions)}"} if {
	some id, functions in by_id
	count({text.resource(input.functions[i].id) | some i in functions}) > 1
	first := input.functions[sort(functions)[0]]
	some i in functions
	text.resource(input.functions[i].id) == text.resource(first.id)
	some group in input.functions[i].vpc.security_groups.items
	id == id_of(group)
}

by_id[id_of(group)] contains i if {
	some i, fn in input.functions
	some group in fn.vpc.security_groups.items
	count(group.targets) == 0
}

# id_of is the ID of a security group. One that a parameter or another stack names is the same in all functions that write it.
id_of(group) := group.symbol

id_of(group) := group.value if {
	not group.symbol
	regex.match(`^sg-[0-9a-f]+$`, group.value)
}

# users are the resources with a group, if a function is one of them.
users(g) := functions | others if {
	functions := {text.resource(input.functions[i].id) | some i in network.of_group[g]}
	count(functions) > 0
	others := {text.resource(use.id) |
		some use in input.network_uses
		g in use.security_groups.targets
		use.type in network.with_groups
	}
}
