# METADATA
# description: |
#   What the roles of functions may do, by the index of the role. One statement is reported for one
#   reason: every action (policy-admin-star, policy-action-star) before every action of a service
#   (policy-service-wildcard) before single actions on every resource (all others).
package lib.grants

import data.iam_risks
import data.lib.iam
import data.lib.requests
import data.lib.text
import data.lib.trust

# users are the functions, revisions of web functions, MicroVMs and their images that have an execution role. There are none
# if the role trusts Lambda and its functions are declared elsewhere.
users[i] := names if {
	some i, role in input.roles
	trust.executes(role)
	functions := {input.functions[f].id | some f in role.functions.targets}
	revisions := {input.web_revisions[r].id | some r in role.web_revisions.targets}
	images := {input.microvm_images[m].id | some m in role.microvm_images.targets}
	vms := {input.microvms[v].id | some v in role.microvms.targets}
	names := ((functions | revisions) | images) | vms
}

# purpose describes an execution role in messages.
purpose[i] := $"execution role of {text.names(names)}" if {
	some i, names in users
	count(names) > 0
}

purpose[i] := "execution role" if {
	some i, names in users
	count(names) == 0
}

# services are the services whose actions the statements of a role list, by the index of the role: most rules about actions are about
# one service, which few roles use.
services[i] contains iam.service_of(action.value) if {
	some i, role in input.roles
	some statement in role.statements.items
	some action in statement.actions.items
}

# everything are the places in which every action on every resource is allowed.
everything[i] contains {"at": action.at, "in": statement.at} if {
	some i, role in input.roles
	users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	iam.every_action(action.value)
	"*" in reaches(statement)
	not statement.at in narrowed
	unlimited(i)
}

# open are the actions that are allowed on everything of a service, or everything of one kind,
# without a condition. Statements that allow every action are left out.
open[i] contains {"at": action.at, "name": action.value, "in": statement.at} if {
	some i, role in input.roles
	users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some reach in reaches(statement)
	not statement.at in narrowed
	not statement.at in starred
	some action in statement.actions.items
	iam.covers(reach, action.value)
	not limits(statement, action.value)
	within_boundary(i, action.value)
}

# limits reports whether a condition limits an action, or some of those that an action with wildcards stands for.
limits(statement, action) if iam.service_of(action) in limited[statement.at]

# broad are those of the open actions that are not every action of their service.
broad[i] contains grant if {
	some i
	some grant in open[i]
	not iam.service_wildcard(grant.name)
}

# reaches are the services of which a statement covers everything, or everything of one kind.
reaches(statement) := written | between if {
	written := {iam.reach(resource.value) |
		some resource in statement.resources.items
		not resource.plain
		contains(resource.value, "*")
	}
	between := {iam.reach_between(resource.prefix, resource.suffix) |
		some resource in statement.resources.items
		contains(resource.suffix, "*")
	}
}

# starred are the statements in which every action is listed.
starred contains statement.at if {
	some role in input.roles
	some statement in role.statements.items
	some action in statement.actions.items
	iam.every_action(action.value)
}

# narrowed are the statements with a condition that leaves out something, or may.
narrowed contains statement.at if {
	some role in input.roles
	some statement in role.statements.items
	statement.conditions.unknown
}

narrowed contains statement.at if {
	some role in input.roles
	some statement in role.statements.items
	some condition in statement.conditions.items
	values := [value.value | some value in condition.values.items]
	not iam.idle(condition.operator.value, condition.key.value, values)
	not of_one_service(condition)
}

narrowed contains statement.at if {
	some role in input.roles
	some statement in role.statements.items
	requests.unmet(statement.conditions)
}

# limited are the services of which alone conditions limit the actions of a statement: every request without the key meets them.
limited[statement.at] contains iam.service_of(condition.key.value) if {
	some role in input.roles
	some statement in role.statements.items
	some condition in statement.conditions.items
	of_one_service(condition)
}

# of_one_service reports whether a condition is met without its key, which only requests to one service have.
of_one_service(condition) if {
	regex.match(`(?i)ifexists$|^forallvalues:|not`, condition.operator.value)
	regex.match(`^[a-z0-9-]+:`, lower(condition.key.value))
	not iam.service_of(condition.key.value) in {"aws", "saml"}
}

# boundaries are the permissions boundaries of roles, by the index of the role, if the stack declares them and everything in
# them is known. Any other boundary removes nothing from what the policies of a role allow.
boundaries[i] := policy if {
	some i, role in input.roles
	count(role.boundary.targets) == 1
	policy := input.policies[role.boundary.targets[0]]
	policy.statements
	not policy.statements.unknown
	every statement in policy.statements.items {
		readable(statement)
	}
}

readable(statement) if {
	statement.effect.value
	not statement.actions.unknown
	not statement.resources.unknown
	every action in statement.actions.items {
		action.value
	}
	every action in statement.not_actions.items {
		action.value
	}
	every resource in statement.resources.items {
		written(resource)
	}
}

written(resource) if resource.value

written(resource) if {
	resource.unknown
	resource.plain
}

written(resource) if {
	resource.unknown
	count(resource.targets) > 0
}

# unlimited reports whether the permissions boundary of a role does not keep it from every action on every resource.
unlimited(i) if not boundaries[i]

unlimited(i) if {
	some statement in boundaries[i].statements.items
	statement.effect.value == "Allow"
	"*" in reaches(statement)
	names_all(statement)
}

names_all(statement) if count(statement.not_actions.items) > 0

names_all(statement) if {
	some action in statement.actions.items
	iam.every_action(action.value)
}

# within_boundary reports whether the permissions boundary of a role does not keep it from an action on everything of its
# service.
within_boundary(i, _) if not boundaries[i]

within_boundary(i, action) if {
	some statement in boundaries[i].statements.items
	statement.effect.value == "Allow"
	reaches_all(statement, action)
	includes(statement, action)
}

reaches_all(statement, action) if {
	some reach in reaches(statement)
	iam.covers(reach, action)
}

reaches_all(statement, _) if count(statement.not_resources.items) > 0

# includes reports whether a statement is about some of what an action with wildcards stands for.
includes(statement, action) if {
	some pattern in statement.actions.items
	iam.matches(pattern.value, lower(action))
}

includes(statement, action) if {
	some pattern in statement.actions.items
	iam.matches(action, lower(pattern.value))
}

includes(statement, action) if {
	count(statement.not_actions.items) > 0
	not left_out(statement, action)
}

left_out(statement, action) if {
	some pattern in statement.not_actions.items
	iam.matches(pattern.value, lower(action))
}

# denied reports whether a role is denied an action everywhere, or everywhere but on some
# resources, or may be: what a denial may say is taken for said.
denied(i, action) if {
	some statement in denials[i]
	some pattern in statement.actions.items
	iam.matches(pattern.value, action)
}

denied(i, _) if {
	some statement in denials[i]
	some pattern in statement.actions.items
	pattern.unknown
	not pattern.prefix
}

denied(i, _) if {
	some statement in denials[i]
	statement.actions.unknown
}

denied(i, action) if {
	some statement in denials[i]
	count(statement.not_actions.items) > 0
	every pattern in statement.not_actions.items {
		not spares(pattern, action)
	}
}

# denials are the blanket denials of a role and of its permissions boundary.
denials[i] contains statement if {
	some i, role in input.roles
	some statement in role.statements.items
	statement.at in blanket
}

denials[i] contains statement if {
	some i, policy in boundaries
	some statement in policy.statements.items
	statement.at in blanket
}

spares(pattern, action) if iam.matches(pattern.value, action)

# blanket are the denials without a condition that spare at most the resources they list, and the
# statements that may be such.
blanket contains statement.at if {
	some role in input.roles
	some statement in role.statements.items
	not statement.effect.value == "Allow"
	unconditional(statement.conditions)
	spares_little(statement)
}

blanket contains statement.at if {
	some policy in boundaries
	some statement in policy.statements.items
	not statement.effect.value == "Allow"
	unconditional(statement.conditions)
	spares_little(statement)
}

unconditional(conditions) if conditions.unknown

unconditional(conditions) if {
	every condition in conditions.items {
		requests.always(condition)
	}
}

spares_little(statement) if "*" in reaches(statement)

spares_little(statement) if count(statement.not_resources.items) > 0

spares_little(statement) if statement.resources.unknown

spares_little(statement) if {
	some resource in statement.resources.items
	resource.unknown
	not resource.prefix
	not resource.suffix
}

# granted are the actions of a list that a grant gives to a role.
granted(i, grant, list) := {name |
	some name in iam.named(grant.name, list)
	not denied(i, name)
}

# may reports whether one of the actions is open to a role.
may(i, actions) if {
	some action in actions
	some grant in open[i]
	iam.matches(grant.name, action)
	not denied(i, action)
}

# paths are the ways of privilege escalation, by the services whose actions open them.
paths[iam.service_of(key)] contains path if {
	some path in iam_risks.paths
	some key in path.keys
}

# ways[i] are the ways that are open to role i: the place of the action that opens it, how, and the actions that could open it.
ways[i] contains {"at": grant.at, "in": grant["in"], "how": way.how, "keys": way.keys} if {
	some i
	some grant in broad[i]
	some way in paths[iam.service_of(grant.name)]
	some key in way.keys
	iam.matches(grant.name, key)
	not denied(i, key)
	every actions in way["with"] {
		may(i, actions)
	}
}
