package config

import (
	"cmp"
	"maps"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/suppress"
)

// Strictest returns base with the settings of changed that are stricter: a change of the configuration can make a check
// stricter but not looser. rules are all rules, for their default severities.
func Strictest(base, changed Config, rules []finding.Rule) Config {
	strict := base
	if strict.File == nil {
		strict.File = changed.File // only its stricter settings have an effect
	}
	if cmp.Or(changed.Profile, finding.Default).Includes(cmp.Or(base.Profile, finding.Default)) {
		strict.Profile = changed.Profile
	}
	if failOn(changed) < failOn(base) {
		strict.FailOn = changed.FailOn
	}
	strict.Skip = both(base.Skip, changed.Skip)
	strict.Extend = slices.Compact(slices.Sorted(slices.Values(slices.Concat(base.Extend, changed.Extend))))
	strict.TrustedAccounts = both(base.TrustedAccounts, changed.TrustedAccounts)
	strict.NoThirdParty = base.NoThirdParty && changed.NoThirdParty
	strict.DenyNew = slices.Compact(slices.Sorted(slices.Values(slices.Concat(base.DenyNew, changed.DenyNew))))
	strict.Gaps = map[finding.GapCause]bool{}
	for _, cause := range finding.GapCauses() {
		strict.Gaps[cause] = base.Gaps[cause] || changed.Gaps[cause]
	}
	strict.MaxFileBytes = min(cmp.Or(base.MaxFileBytes, source.MaxFileBytes), cmp.Or(changed.MaxFileBytes, source.MaxFileBytes))
	strict.suppressLess(changed)
	strict.Severities = maps.Clone(base.Severities)
	for _, rule := range rules {
		before, after := rule.Severity, rule.Severity
		if severity, ok := base.Severities[rule.ID]; ok {
			before = severity
		}
		if severity, ok := changed.Severities[rule.ID]; ok {
			after = severity
		}
		if after > before {
			if strict.Severities == nil {
				strict.Severities = map[string]finding.Severity{}
			}
			strict.Severities[rule.ID] = after
		}
	}
	return strict
}

// suppressLess keeps only the suppressions that both configurations allow.
func (c *Config) suppressLess(other Config) {
	c.NoIgnore = slices.Compact(slices.Sorted(slices.Values(slices.Concat(c.NoIgnore, other.NoIgnore))))
	if days := other.MaxIgnoreDays; days > 0 && (c.MaxIgnoreDays == 0 || days < c.MaxIgnoreDays) {
		c.MaxIgnoreDays = days
	}
	c.Ignore = slices.DeleteFunc(slices.Clone(c.Ignore), func(p suppress.Pattern) bool {
		return c.Base != other.Base || !slices.ContainsFunc(other.Ignore, p.Equal)
	})
}

// failOn returns the severity that fails a run; the default is low.
func failOn(c Config) finding.Severity {
	severity, _ := finding.ParseSeverity(cmp.Or(c.FailOn, finding.Low.String()))
	return severity
}

func both(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return !slices.Contains(b, s) })
}
