# METADATA
# title: What lintel finds
# description: |
#   The rules of lintel on the output of lintel model, for OPA and what is built on it. Comments that ask
#   to ignore a finding are not read, and nothing is merged: lintel check does both.
package lintel

# units are the units of a model: of all of it, or the one that a program hands over by itself.
units := input if is_array(input)

units := [input] if is_object(input)

# findings are what all rules find, with the profile from which on each of them runs.
findings := reported_with("all")

# found are the findings of a unit, by its position, before one rule yields to another one.
found[position] contains {
	"rule": rule.id,
	"title": rule.title,
	"profile": rule.profile,
	"severity": object.get(violation, "severity", rule.severity),
	"message": violation.message,
	"file": at.file,
	"line": at.line,
	"column": at.column,
	"resource": place.resource,
	"attribute": object.get(place, "attribute", ""),
	"when": object.get(place, "when", ""),
	"remediation": rule.remediation,
} if {
	some position, unit in units
	some name, rule in data.lintel.rules
	some violation in data.rules[name].deny with input as unit.input
	place := unit.places[violation.at]
	not place.framework
	at := object.get(place, reported(violation), place)
}

# reported_with are the findings of the rules of a profile. One cause is one finding: a rule says nothing
# where a rule of the profile that it yields to has a finding.
reported_with(profile) := {finding |
	some position, all in found
	some finding in all
	finding.profile in includes[profile]
	not yields(position, finding, profile)
}

yields(position, finding, profile) if {
	some id in yields_to[finding.rule]
	some cause in causes[position][id][finding.resource]
	cause.profile in includes[profile]
	cause.when in {"", finding.when}
	contained(cause.attribute, finding.attribute)
}

# yields_to are the rules that each rule yields to.
yields_to[rule.id] := rule.yields_to if some rule in data.lintel.rules

# causes are where the rules that others yield to report, by the position of the unit, rule and resource.
causes[position][finding.rule][finding.resource] contains {
	"profile": finding.profile,
	"attribute": finding.attribute,
	"when": finding.when,
} if {
	yielded_to := {id | some ids in yields_to; some id in ids}
	some position, all in found
	some finding in all
	finding.rule in yielded_to
}

# contained holds for two attributes if one of them is the other one or contains it. The resource, which is
# empty, contains all.
contained(a, b) if startswith($"{b}/", within(a))

contained(a, b) if startswith($"{a}/", within(b))

within("") := ""

within(attribute) := $"{attribute}/" if attribute != ""

# reported is the member of a place that a finding is reported at. There is none for the place itself.
reported(violation) := object.get(violation, "place", "")

# problems are what could not be read, and so has not passed.
problems contains problem if {
	some unit in units
	some problem in unit.problems
}

# gaps are the parts of a deployment that lintel cannot see.
gaps contains gap if {
	some unit in units
	some gap in unit.gaps
}

problems contains {"file": "", "line": 1, "message": "the input is not the output of lintel model"} if not units

problems contains {"file": "", "line": 1, "message": "the input is not the output of lintel model"} if {
	some unit in units
	not of_model(unit)
}

of_model(unit) if is_array(unit.places)

# includes are the profiles that a profile consists of.
includes := {
	"default": {"default"},
	"strict": {"default", "strict"},
	"all": {"default", "strict", "all"},
}

# failures are the findings of a profile that fail a run, and what could not be read, as texts with the
# finding beside.
failures(profile) := {failure |
	some finding in reported_with(profile)
	finding.severity != "info"
	failure := said(finding)
} | {failure |
	some problem in problems
	failure := {"msg": $"{problem.file}:{problem.line}: not checked: {problem.message}", "problem": problem}
}

# remarks are the findings of a profile that fail nothing, and gaps.
remarks(profile) := {remark |
	some finding in reported_with(profile)
	finding.severity == "info"
	remark := said(finding)
} | {remark |
	some gap in gaps
	remark := {"msg": $"{gap.file}:{gap.line}: gap ({gap.cause}): {gap.message}", "gap": gap}
}

said(finding) := {
	"msg": $"{finding.file}:{finding.line}:{finding.column}: {finding.message} ({finding.rule}, {finding.severity})",
	"finding": finding,
}
