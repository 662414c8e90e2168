# METADATA
# description: The support stages of runtimes. A runtime that is not in the data has none.
package lib.runtimes

import data.runtimes

# users are the functions and revisions of web functions, with their runtimes.
users contains {"id": fn.id, "runtime": fn.runtime} if some fn in input.functions

users contains {"id": revision.id, "runtime": revision.runtime} if some revision in input.web_revisions

# stage is the support stage of a runtime on the day of the check. The later stage applies: AWS has
# blocked functions with some runtimes before the end of their support.
stage(runtime) := "update-blocked" if {
	reached(runtimes.list[runtime].update_blocked)
} else := "create-blocked" if {
	reached(runtimes.list[runtime].create_blocked)
} else := "deprecated" if {
	reached(runtimes.list[runtime].deprecated)
} else := "deprecating" if {
	date := runtimes.list[runtime].deprecated
	date != null
	date <= input.settings.soon
}

# A date that is not announced is null.
reached(date) if {
	date != null
	date <= input.today
}

# unsupported reports whether the support of a runtime has ended.
unsupported(runtime) if stage(runtime) in {"update-blocked", "create-blocked", "deprecated"}

# successor is the runtime that replaces another, or an empty string.
successor(runtime) := $"{name}" if {
	name := runtimes.list[runtime].successor
	name != null
} else := ""
