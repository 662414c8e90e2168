# METADATA
# description: Routes of APIs, and the settings of their stages.
# schemas:
#   - input: schema.stack
package lib.api

import data.lib.trust

# open are the routes that accept requests without authorization.
open contains i if {
	some i, route in input.routes
	route.authorization.value == "NONE"
	not preflight(route)
	not answered(route)
	not guarded(route)
	not later_message(route)
}

# public are the open routes that require no API key.
public contains i if {
	some i in open
	input.routes[i].api_key_required.value == false
}

# own are the indices of the public routes of each API.
own[api] contains i if {
	some i in public
	some api in input.routes[i].api.targets
}

# protected are the APIs in which a route or authorizer shows that someone thought of authorization.
protected contains api if {
	some route in input.routes
	not route.authorization.value == "NONE"
	some api in route.api.targets
}

protected contains api if {
	some authorizer in input.authorizers
	some api in authorizer.api.targets
}

# Browsers send CORS preflight requests without credentials.
preflight(route) if regex.match(`(?i)^options( |$)`, route.key.value)

preflight(route) if route.key.unknown

# answered reports whether the API answers itself, without a backend, or may do so.
answered(route) if route.integrations.unknown

answered(route) if {
	some i in route.integrations.targets
	kind := input.api_integrations[i].type
	not backend(kind)
}

backend(kind) if kind.value != "MOCK"

backend(kind) if kind.absent

# later_message reports whether a route is for messages on a connection that another route has accepted.
later_message(route) if {
	count(route.api.targets) == 0
	not regex.match(`^(\$connect|[A-Za-z]+( /.*)?)$`, route.key.value)
}

later_message(route) if {
	some i in route.api.targets
	not of_requests(input.apis[i])
	route.key.value != "$connect"
}

of_requests(api) if api.protocol.value == "HTTP"

of_requests(api) if api.protocol.absent

# guarded reports whether a network or a resource policy limits, or may limit, the callers of a route.
guarded(route) if limited(route.statements)

guarded(route) if {
	some i in route.api.targets
	i in closed
}

guarded(route) if {
	count(route.api.targets) == 0
	route.api.unknown
	count(closed) > 0
}

guarded(route) if {
	not route.api.absent
	count(route.api.targets) == 0
	some policy in input.api_policies
	limited(policy.statements)
}

# closed are the APIs that not everyone can call, or of which that is unknown.
closed contains i if {
	some i, api in input.apis
	may_be_private(api)
}

closed contains i if {
	some i, api in input.apis
	limited(api.statements)
}

closed contains i if {
	some policy in input.api_policies
	limited(policy.statements)
	some i, _ in input.apis
	may_be_of(policy, i)
}

may_be_of(policy, i) if i in policy.api.targets

may_be_of(policy, _) if {
	policy.api.unknown
	count(policy.api.targets) == 0
}

may_be_private(api) if api.endpoint_types.unknown

may_be_private(api) if {
	some kind in api.endpoint_types.items
	kind.unknown
}

may_be_private(api) if {
	some kind in api.endpoint_types.items
	kind.value == "PRIVATE"
}

# limited reports whether a resource policy leaves out some callers, or may do so.
limited(statements) if statements.unknown

limited(statements) if trust.turned_away(statements, {"execute-api:invoke"})

limited(statements) if {
	count(statements.items) > 0
	not lets_everyone(statements)
}

lets_everyone(statements) if {
	some statement in statements.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}

# settings are the settings of methods with the resource that has them.
settings contains {"id": stage.id, "of": setting} if {
	some stage in input.stages
	some setting in stage.settings.items
}

settings contains {"id": part.id, "of": part.settings} if {
	some part in input.stage_settings
}

# shown lists the keys of routes for a message.
shown(routes) := concat(", ", keys) if {
	keys := sort({input.routes[i].key.value | some i in routes})
	count(keys) < 5
} else := $"{concat(", ", array.slice(keys, 0, 3))} and {count(keys) - 3} more" if {
	keys := sort({input.routes[i].key.value | some i in routes})
}
