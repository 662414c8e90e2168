package suppress

import "lintel/internal/finding"

// Rules are the rules about directives. They are in every profile, and nothing suppresses them.
func Rules() []finding.Rule {
	rule := func(id, title, description, remediation string) finding.Rule {
		return finding.Rule{
			ID: id, Title: title, Description: description, Remediation: remediation,
			Category: "suppression", Severity: finding.Low, Profile: finding.Default, Since: "v0.1.0",
			CWE: []string{}, Peers: []string{}, Aliases: []string{},
			References: []finding.Reference{{URL: "https://docs.github.com/en/code-security/code-scanning/managing-code-scanning-alerts/resolving-code-scanning-alerts", Title: "Resolving code scanning alerts"}},
		}
	}
	return []finding.Rule{
		rule(Expired, "A suppression has ended, or lasts too long", "The time for which somebody wanted not to see a finding is over, or is longer than the configuration allows, so it is reported again.",
			"Fix what is found, or give the suppression a new end and say why."),
		rule(UnknownRule, "A suppression names no rule", "A suppression of a rule that does not exist suppresses nothing, and whoever wrote it believes that it does.",
			"Correct the id. `lintel rules` lists them all."),
		rule(Unused, "A suppression has no effect", "There is nothing to suppress any more. If it stays it will hide the next finding that has nothing to do with its reason.",
			"Remove it."),
		rule(WithoutReason, "A suppression has no reason", "Nobody can tell later whether a suppression without a reason is still right, so it has no effect.",
			"Write the reason behind ` -- `."),
	}
}

// IDs are the ids of the rules about directives.
func IDs() []string { return []string{Expired, UnknownRule, Unused, WithoutReason} }
