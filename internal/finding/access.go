package finding

import "lintel/internal/source"

// Access is something that a change opens or closes: a way to invoke functions, or an ability of an execution role.
type Access struct {
	Range     source.Range // End 0: the whole file
	Opens     bool         // otherwise it closes
	Class     string       // public, cross-account, admin, …
	Functions []string     // empty: every function of the unit
	Message   string
	Denied    bool // the configuration does not allow it: it is a finding, too
}

// AccessOpened is the id of the rule that flags access that a change opens and the configuration denies.
const AccessOpened = "access-opened"

// AccessRules returns the rules about the access that a change opens. They run only in a comparison with the tree before the
// change.
func AccessRules() []Rule {
	return []Rule{{
		ID: AccessOpened, Title: "Change opens access that the configuration denies",
		Description: "The change lets further principals invoke a function, or gives an execution role a sensitive ability, and `access.deny-new` in the configuration lists this kind of access. " +
			"Access that existed before the change is not reported.",
		Remediation: "Limit the access to what the function needs, or let an owner of the configuration accept the change.",
		Category:    "access", Severity: High, Profile: Default, Since: "v0.1.0",
		CWE: []string{"CWE-284"}, Peers: []string{}, Aliases: []string{}, BuiltIn: true,
		References: []Reference{{URL: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html", Title: "Managing permissions in AWS Lambda"}},
	}}
}
