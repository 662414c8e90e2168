# METADATA
# description: What invokes functions, and which of their versions.
# schemas:
#   - input: schema.stack
package lib.lifecycle

import data.lib.api

# may_be reports whether a reference is, or may be, to the function, or another resource, with an index.
may_be(reference, i) if i in reference.targets

may_be(reference, _) if names_none(reference)

# names_none reports whether a reference may be to any resource.
names_none(reference) if {
	reference.unknown
	count(reference.targets) == 0
}

# public are the indices of the functions that everyone can invoke over HTTP.
public contains i if {
	some url in input.function_urls
	url.auth_type.value == "NONE"
	some i in url.function.targets
}

public contains i if {
	some route in public_routes
	some i in input.routes[route].function.targets
}

public contains i if {
	some route in public_routes
	some integration in input.routes[route].integrations.targets
	some i in input.api_integrations[integration].uri.targets
}

# public_routes are the routes that everyone can call, among them those of messages on connections that everyone can open.
public_routes contains r if some r in api.public

public_routes contains r if {
	count(api.open_sockets) > 0
	some r, route in input.routes
	some i in route.api.targets
	i in api.open_sockets
}

# has_version reports whether the template has a version or an alias of a function, or may have.
has_version(i) if i in versioned

has_version(_) if version_of_unknown

versioned contains i if {
	some version in input.versions
	some i in version.function.targets
}

versioned contains i if {
	some alias in input.aliases
	some i in alias.function.targets
}

# version_of_unknown is true if a version or an alias may be of any function.
version_of_unknown if {
	some version in input.versions
	names_none(version.function)
}

version_of_unknown if {
	some alias in input.aliases
	names_none(alias.function)
}
