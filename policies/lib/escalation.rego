# METADATA
# description: How the roles of functions can get more rights than they have.
package lib.escalation

import data.iam_risks
import data.lib.grants
import data.lib.iam

# ways[i] are the ways that are open to role i: the place of the action that opens it, and how.
ways[i] contains {"at": grant.at, "in": grant["in"], "how": way.how} if {
	some i
	some grant in grants.broad[i]
	some way in iam_risks.paths
	some key in way.keys
	iam.matches(grant.name, key)
	not grants.denied(i, key)
	every actions in way["with"] {
		grants.may(i, actions)
	}
}
