# METADATA
# description: What AWS says about the actions of its services. The functions take strings.
package lib.actions

import data.iam_actions

# scopable reports whether an action of a statement stands for an action that can be allowed on
# single resources. It knows the services that functions use most, and says no of all others.
scopable(action) if {
	[service, verb] := split(lower(action), ":")
	regex.match(`^[a-z0-9*?]+$`, verb)
	name := replace(replace(verb, "*", "[^ ]*"), "?", "[^ ]")
	regex.match($" {name} ", iam_actions.scopable[service])
}

# reads reports whether an action of a statement begins like one that only reads, or like one
# that AWS itself writes with a wildcard.
reads(action) if {
	regex.match(`(?i)^[a-z0-9-]+:(analyze|batchget|check|describe|detect|generatedatakey|get|head|list|lookup|put(metric|telemetry|trace)|query|receive|reencrypt|scan|search|select|view)`, action)
}
