# METADATA
# description: Which functions share an execution role, and what it allows besides logging.
package lib.shared

import data.lib.iam
import data.lib.text

# roles are, for every function, the id of its role, or the ARN of a role that is not in the
# template. A function has no entry if its role is one of several instances and the instance key
# is unknown.
roles[i] := id if {
	some i, fn in input.functions
	ids := {input.roles[target].id | some target in fn.role.targets}
	count(ids) == 1
	some id in ids
}

roles[i] := fn.role.value if {
	some i, fn in input.functions
	count(fn.role.targets) == 0
	not written_again(fn.role)
}

# web_roles are the same for the revisions of web functions.
web_roles[r] := id if {
	some r, revision in input.web_revisions
	ids := {input.roles[target].id | some target in revision.role.targets}
	count(ids) == 1
	some id in ids
}

web_roles[r] := revision.role.value if {
	some r, revision in input.web_revisions
	count(revision.role.targets) == 0
	not written_again(revision.role)
}

# equal_roles are, for the functions whose role is unknown, the parameter or text that other functions write, too.
equal_roles[i] := fn.role.symbol if {
	some i, fn in input.functions
	written_again(fn.role)
}

# equal_web_roles are the same for the revisions of web functions.
equal_web_roles[r] := revision.role.symbol if {
	some r, revision in input.web_revisions
	written_again(revision.role)
}

written[fn.role.symbol] contains fn.role.at if {
	some fn in input.functions
	count(fn.role.targets) == 0
}

written[revision.role.symbol] contains revision.role.at if {
	some revision in input.web_revisions
	count(revision.role.targets) == 0
}

written_again(role) if count(written[role.symbol]) > 1

# web_function is the web function of a revision, by its id or name. It is undefined if it is unknown.
web_function(revision) := revision.id if {
	revision.type == "AWS::Serverless::WebFunction" # SAM declares both in one resource
} else := text.resource(input.web_functions[f].id) if {
	some f in revision.function.targets
} else := revision.function.value

# users are, for every role, the functions that have it. Instances of one resource count as one, and so do the revisions of
# one web function.
users[role] contains text.resource(input.functions[i].id) if some i, role in roles

users[role] contains text.resource(input.functions[i].id) if some i, role in equal_roles

users[role] contains text.resource(input.web_revisions[first].id) if {
	some [role, _], revisions in web_users
	first := [r | some r in revisions][0]
}

# web_users are the revisions by role and web function.
web_users[[role, web_function(input.web_revisions[r])]] contains r if {
	some role, revisions in web_indices
	some r in revisions
}

# web_indices are, for every role, the indices of the revisions that have it.
web_indices[role] contains r if some r, role in web_roles

web_indices[role] contains r if some r, role in equal_web_roles

# indices are, for every role, the indices of the functions that have it.
indices[role] contains i if some i, role in roles

indices[role] contains i if some i, role in equal_roles

# declared are the places of the roles in the template.
declared[role.id] contains role.at if some role in input.roles

# places are, for every role that several functions share, the places to report: the variants of the
# role under its conditions or, where it is not in the template, the role of the first function.
places[role] contains at if {
	some role, _ in users
	count(users[role]) > 1
	some at in declared[role]
}

places[role] contains at if {
	some role, _ in users
	count(users[role]) > 1
	not declared[role]
	first := [i | some i in indices[role]][0]
	at := input.functions[first].role.at
}

places[role] contains at if {
	some role, _ in users
	count(users[role]) > 1
	not declared[role]
	not indices[role]
	first := [r | some r in web_indices[role]][0]
	at := input.web_revisions[first].role.at
}

# powerful are the roles that certainly allow more than writing logs, metrics and traces and using a
# VPC, and the roles that are not in the template.
powerful contains role if {
	some role, _ in users
	not declared[role]
}

powerful contains role.id if {
	some role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	not regex.match(basic, lower(action.value))
	action.value
}

powerful contains role.id if {
	some role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	statement.not_actions.items[0].value
}

powerful contains role.id if {
	some role in input.roles
	some policy in role.managed_policies.items
	count(policy.targets) == 0 # a policy of the stack is none of AWS
	some arn in [object.get(policy, "value", ""), object.get(policy, "suffix", "")]
	name := iam.aws_managed(arn)
	not name in basic_policies
}

# A policy of the account that is not in the template.
powerful contains role.id if {
	some role in input.roles
	some policy in role.managed_policies.items
	regex.match(`:iam::[0-9]{12}:policy/`, policy.value)
	count(policy.targets) == 0
}

# few are the roles that certainly allow at most writing logs, metrics and traces and using a VPC.
few contains role.id if {
	some role in input.roles
	not role.statements.unknown
	not role.managed_policies.unknown
	every statement in role.statements.items {
		adds_little(statement)
	}
	every policy in role.managed_policies.items {
		aws_basic(policy)
	}
}

adds_little(statement) if statement.effect.value == "Deny"

adds_little(statement) if {
	not statement.actions.unknown
	statement.not_actions.absent
	every action in statement.actions.items {
		regex.match(basic, lower(action.value))
	}
}

# The statements of policies in the stack are among those of the role.
aws_basic(policy) if count(policy.targets) > 0

aws_basic(policy) if {
	some arn in [object.get(policy, "value", ""), object.get(policy, "suffix", "")]
	iam.aws_managed(arn) in basic_policies
}

# basic matches the actions that every function needs.
basic := `^(logs:(create|describe|put)[a-z*]*|xray:(put|getsampling)[a-z*]*|cloudwatch:putmetricdata|ec2:(create|describe|delete)networkinterfaces?|ec2:(un)?assignprivateipaddresses|ec2:describe(subnets|securitygroups|vpcs))$`

# basic_policies are the AWS managed policies with only such actions.
basic_policies := {
	"AWSLambdaBasicExecutionRole", "AWSLambdaENIManagementAccess", "AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess",
	"AWSXrayWriteOnlyAccess", "CloudWatchLambdaInsightsExecutionRolePolicy",
}
