package suppress

import "lintel/internal/finding"

// Rules returns the rules that check suppressions. They are in every profile and cannot be suppressed.
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
		rule(Expired, "Suppression has expired or ends too late", "The end date of the suppression has passed, or is later than the configuration allows, so the finding is reported again. An accepted risk needs a review when its suppression ends.",
			"Fix the finding, or set a new end date and give the reason for it."),
		rule(UnknownRule, "Suppression of an unknown rule", "A suppression of a rule that does not exist has no effect, although its author relies on it. The rule ID is usually misspelled.",
			"Correct the rule ID. `lintel rules` lists all rules."),
		rule(Unused, "Unused suppression", "The suppression matches no finding. It would hide the next finding in this place, even if its reason does not apply to that finding.",
			"Remove the suppression."),
		rule(WithoutReason, "Suppression without a reason", "A suppression without a reason has no effect, because a reviewer cannot decide later whether it is still justified.",
			"Add the reason after ` -- `."),
	}
}

// IDs returns the ids of the rules that check suppressions.
func IDs() []string { return []string{Expired, UnknownRule, Unused, WithoutReason} }
