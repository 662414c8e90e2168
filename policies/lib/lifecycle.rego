# METADATA
# description: What invokes functions, and which of their versions.
# schemas:
#   - input: schema.stack
package lib.lifecycle

import data.lib.api

# may_be reports whether a reference is, or may be, to the function, or another resource, with an index.
may_be(reference, i) if i in reference.targets

may_be(reference, _) if {
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
	some route in api.public
	some i in input.routes[route].function.targets
}

public contains i if {
	some route in api.public
	some integration in input.routes[route].integrations.targets
	some i in input.api_integrations[integration].uri.targets
}

# has_version reports whether the template has a version or an alias of a function, or may have.
has_version(i) if {
	some version in input.versions
	may_be(version.function, i)
}

has_version(i) if {
	some alias in input.aliases
	may_be(alias.function, i)
}
