# METADATA
# description: Routes of APIs, and the settings of their stages.
# schemas:
#   - input: schema.stack
package lib.api

import data.lib.lifecycle
import data.lib.trust

# open are the routes that accept requests without authorization.
open contains i if {
	some i, route in input.routes
	route.authorization.value == "NONE"
	not preflight(route)
	not harmless(route)
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

# harmless reports whether a route leads to no backend, or may do so.
harmless(route) if {
	answered(route)
	not opens(route)
}

# opens reports whether a route accepts connections for the messages of other routes, which have a backend.
opens(route) if {
	route.key.value == "$connect"
	some i in route.api.targets
	i in with_messages
}

# with_messages are the WebSocket APIs in which a route passes messages of clients to a backend.
with_messages contains i if {
	some route in input.routes
	not answered(route)
	count(route.integrations.targets) > 0
	not route.key.value in {"$connect", "$disconnect"}
	some i in route.api.targets
	input.apis[i].protocol.value == "WEBSOCKET"
}

# open_sockets are the WebSocket APIs that accept every connection, and with it every message.
open_sockets contains i if some i in without_connect

open_sockets contains i if {
	some r in public
	input.routes[r].key.value == "$connect"
	some i in input.routes[r].api.targets
}

# without_connect are the WebSocket APIs without a route $connect, which could authorize connections.
without_connect contains i if {
	some i in with_messages
	not may_have_connect(i)
}

# may_have_connect reports whether a WebSocket API has a route $connect, or may have one.
may_have_connect(i) if {
	some route in input.routes
	may_be_of(route, i)
	not is_other(route)
}

is_other(route) if route.key.value != "$connect"

may_be_of(route, i) if i in route.api.targets

may_be_of(route, _) if {
	count(route.api.targets) == 0
	not route.api.absent
}

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
	not regex.match(`(?i)^(\$connect|(any|delete|get|head|options|patch|post|put)( /.*)?)$`, route.key.value)
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

closed contains i if some i in closed_by_policy

closed contains i if some i in closed_by_certificates

# closed_by_certificates are the APIs without a default endpoint whose custom domain names require, or may require, certificates
# of clients (mutual TLS).
closed_by_certificates contains i if {
	some i in mapped
	not input.apis[i].default_endpoint_disabled.value == false
	every domain in domains[i] {
		may_require_certificates(domain)
	}
}

# The mapping may be that of any API.
closed_by_certificates contains i if {
	some mapping in input.api_mappings
	lifecycle.names_none(mapping.api)
	not mapping.api.outside
	may_require_certificates(mapping.domain)
	some i, declared in input.apis
	not i in mapped
	not declared.default_endpoint_disabled.value == false
}

# mapped are the APIs that a custom domain name leads to, and domains the references to those names.
mapped contains i if {
	some mapping in input.api_mappings
	some i in mapping.api.targets
}

domains[i] contains mapping.domain if {
	some mapping in input.api_mappings
	some i in mapping.api.targets
}

may_require_certificates(domain) if {
	some d in domain.targets
	not input.api_domains[d].mutual_tls.truststore.absent
}

may_require_certificates(domain) if {
	lifecycle.names_none(domain)
	not domain.outside
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
	some principal in statement.principals.items
	open_to(statement, principal)
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

# rest reports whether an API is a REST API.
rest(declared) if regex.match(`^(aws_api_gateway_rest_api|AWS::ApiGateway::RestApi|AWS::Serverless::Api)$`, declared.type)

# rest_stages are the stages of REST APIs. A deployment creates a stage only if it names one.
rest_stages contains i if {
	some i, stage in input.stages
	regex.match(`^(aws_api_gateway_(stage|deployment)|AWS::ApiGateway::(Stage|Deployment)|AWS::Serverless::Api)$`, stage.type)
	not only_deployed(stage)
}

# all_stages are the stages of all APIs.
all_stages contains i if {
	some i, stage in input.stages
	not only_deployed(stage)
}

only_deployed(stage) if {
	of_deployment(stage)
	not stage.name.value
	not is_named(stage.name)
}

# is_named reports whether an unknown name is certainly one: a part of it is known, or it comes from a parameter for a name.
is_named(name) if name.plain

is_named(name) if name.prefix

is_named(name) if name.suffix

# of_deployment reports whether a stage is declared by a deployment.
of_deployment(stage) if regex.match(`^(aws_api_gateway_deployment|AWS::ApiGateway::Deployment)$`, stage.type)

# with_settings are the stages with settings of their methods.
with_settings contains i if {
	some i, stage in input.stages
	count(stage.settings.items) > 0
}

with_settings contains i if {
	some part in input.stage_settings
	some i in part.stage.targets
}

# unclear_settings reports whether a stage has, or may have, settings that the template does not show.
unclear_settings(i) if input.stages[i].settings.unknown

unclear_settings(i) if {
	some setting in input.stages[i].settings.items
	setting.unknown
}

unclear_settings(i) if {
	some part in input.stage_settings
	count(part.stage.targets) == 0
	not of_other_stage(part, input.stages[i])
	not of_other_api(part, input.stages[i])
}

of_other_stage(part, stage) if part.stage.value != stage.name.value

of_other_api(part, stage) if {
	count(part.api.targets) > 0
	count(stage.api.targets) > 0
	every i in part.api.targets {
		not i in stage.api.targets
	}
}

# private reports whether an API is certainly reachable only from VPCs.
private(declared) if {
	some kind in declared.endpoint_types.items
	kind.value == "PRIVATE"
}

# for_everyone are the principals in the resource policies of each API that stand for every caller, if no other
# statement limits the callers, with the resource that has the policy.
for_everyone[i] contains {"id": declared.id, "at": at} if {
	some i, declared in input.apis
	not i in closed_by_policy
	some statement in declared.statements.items
	some principal in statement.principals.items
	open_to(statement, principal)
	at := principal.value.at
}

for_everyone[i] contains {"id": policy.id, "at": at} if {
	some policy in input.api_policies
	some i in policy.api.targets
	not i in closed_by_policy
	some statement in policy.statements.items
	some principal in statement.principals.items
	open_to(statement, principal)
	at := principal.value.at
}

closed_by_policy contains i if {
	some i, declared in input.apis
	limited(declared.statements)
}

closed_by_policy contains i if {
	some policy in input.api_policies
	limited(policy.statements)
	some i, _ in input.apis
	may_be_of(policy, i)
}

open_to(statement, principal) if {
	statement.effect.value == "Allow"
	trust.anyone(principal.kind.value, principal.value.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}
