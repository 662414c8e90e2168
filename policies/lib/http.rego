# METADATA
# description: Load balancers and services of VPC Lattice in front of functions.
# schemas:
#   - input: schema.stack
package lib.http

# of_functions are the target groups whose targets are functions.
of_functions contains i if {
	some i, group in input.target_groups
	group.target_type.value == "lambda"
}

# forwards are the actions that forward requests to functions, with the listener and the id of the resource that has them.
forwards contains {"listener": i, "id": listener.id, "at": action.at, "authenticated": authenticated(listener.actions)} if {
	some i, listener in input.listeners
	some action in listener.actions.items
	some group in action.target_groups.items
	some j in group.targets
	j in of_functions
}

forwards contains {"listener": i, "id": rule.id, "at": action.at, "authenticated": authenticated(rule.actions)} if {
	some rule in input.listener_rules
	some i in rule.listener.targets
	some action in rule.actions.items
	some group in action.target_groups.items
	some j in group.targets
	j in of_functions
}

# authenticates reports whether a list of actions identifies callers, or may do so.
authenticates(actions) if actions.unknown

authenticates(actions) if {
	some action in actions.items
	action.type.unknown
}

authenticates(actions) if {
	some action in actions.items
	regex.match(`^(authenticate-.*|jwt-validation)$`, action.type.value)
}

authenticated(actions) if {
	authenticates(actions)
} else := false

# of_internet reports whether the load balancer of a listener is certainly reachable from the internet.
of_internet(listener) if {
	count(listener.load_balancer.targets) > 0
	every i in listener.load_balancer.targets {
		input.load_balancers[i].internal.value == false
	}
}

# unclear_acl reports whether a web ACL may protect a resource that the template does not name.
unclear_acl if {
	some association in input.web_acl_associations
	association.stage.unknown
	count(association.stage.targets) == 0
	count(association.api.targets) == 0
	count(association.load_balancer.targets) == 0
	count(association.user_pool.targets) == 0
	count(association.graphql_api.targets) == 0
}
