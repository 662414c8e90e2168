# METADATA
# description: Decides whether a role certainly allows, or certainly does not allow, an action.
package lib.permitted

import data.execution_policies
import data.lib.iam

# role is the id of the execution role of a function. It is undefined if the role can be one of several.
role(fn) := id if {
	ids := {input.roles[r].id | some r in fn.role.targets}
	count(ids) == 1
	some id in ids
}

# lacks reports whether nothing that a role can have allows an action, whatever the conditions and variables of the stack are. All
# that grants it must be known: a policy with unknown content may allow everything. Ask once for each role: it has many variants
# where the stack has conditions, and so have the functions that run with it.
lacks(id, action) if {
	statements_lack(id, action)
	every policy in managed_policies(id) {
		grants_no(policy, action)
	}
}

# statements_lack reports whether no statement of a role can allow an action, and all its managed policies are known.
statements_lack(id, action) if {
	id in readable
	name := lower(action)
	every pattern in object.get(patterns, id, set()) {
		not iam.matches(pattern, name)
	}
}

# readable are the roles, by id, whose statements say completely which actions they are about.
readable contains id if {
	some id, _ in with_id
	every variant in variants(id) {
		not variant.statements.unknown
		not variant.managed_policies.unknown
		every statement in variant.statements.items {
			says_actions(statement)
		}
		not variant.other_actions.unknown
		not variant.other_managed_policies.unknown
		every other in variant.other_actions.items {
			other.value
		}
	}
}

says_actions(statement) if statement.effect.value == "Deny"

says_actions(statement) if {
	not statement.unknown
	not statement.actions.unknown
	statement.not_actions.absent
	count(statement.actions.items) > 0
	every pattern in statement.actions.items {
		pattern.value
	}
}

# patterns are the actions, with * and ? in them, that a role can have in a statement that allows them.
patterns[id] contains action.value if {
	some id, _ in with_id
	some variant in variants(id)
	some statement in variant.statements.items
	not statement.effect.value == "Deny"
	some action in statement.actions.items
}

patterns[id] contains other.value if {
	some id, _ in with_id
	some variant in variants(id)
	some other in variant.other_actions.items
}

# managed_policies are the managed policies that a role can have.
managed_policies(id) := [policy | some variant in variants(id); some list in ["managed_policies", "other_managed_policies"]; some policy in variant[list].items]

# variants are the roles with an id: a condition can add a policy to one of them only.
variants(id) := [input.roles[r] | some r in with_id[id]]

with_id[role.id] contains r if some r, role in input.roles

# Policies of the stack have their statements in the role.
grants_no(policy, _) if count(policy.targets) > 0

grants_no(policy, action) if {
	granted := execution_policies.grants[iam.aws_managed(policy.value)]
	not action in granted
}

# The partition, and with it the start of the ARN, is often not known before deployment.
grants_no(policy, action) if {
	granted := execution_policies.grants[iam.aws_managed(policy.suffix)]
	not action in granted
}

# allows reports whether a policy of the stack certainly allows a role an action on all resources:
# no condition limits it, and no statement of the role may deny it.
allows(role, action) if {
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.conditions.unknown
	count(statement.conditions.items) == 0
	some resource in statement.resources.items
	resource.value == "*"
	some pattern in statement.actions.items
	iam.matches(pattern.value, lower(action))
	every other in role.statements.items {
		other.effect.value == "Allow"
	}
}
