# METADATA
# description: |
#   Conditions of IAM statements that every request meets, or that no request meets. If an unknown value decides, never and always
#   take the answer that leads to no finding.
#   https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
package lib.requests

# unmet reports whether no request meets, or may meet, all conditions of a statement. Such a statement allows and denies nothing.
unmet(conditions) if {
	some condition in conditions.items
	never(condition)
}

unmet(conditions) if contradict(conditions)

# never reports whether no request meets, or may meet, a condition: it ended before today, or asks for what no request has.
never(condition) if {
	operator := base(condition)
	regex.match(`^(date|numeric)(lessthan(equals)?|equals)$`, operator)
	is_time(condition)
	every value in condition.values.items {
		not ahead(value)
	}
}

# No number in a request is negative.
never(condition) if {
	regex.match(`^(foranyvalue:)?numericlessthan$`, lower(condition.operator.value))
	every value in condition.values.items {
		not positive(value)
	}
}

never(condition) if {
	regex.match(`^(foranyvalue:)?numeric(lessthan)?equals$`, lower(condition.operator.value))
	every value in condition.values.items {
		not unsigned(value)
	}
}

positive(value) if regex.match(`^\+?[0-9.]*[1-9]`, value.value)

unsigned(value) if regex.match(`^[+0-9.]`, value.value)

never(condition) if {
	lower(condition.operator.value) == "null"
	lower(condition.key.value) in always_present
	every value in condition.values.items {
		not is_false(value)
	}
}

is_false(value) if lower(value.value) == "false"

# A negated operator with a wildcard excludes everyone who has the key.
never(condition) if {
	regex.match(`^(for(any|all)values?:)?(stringnotlike|arnnotlike|arnnotequals)(ifexists)?$`, lower(condition.operator.value))
	lower(condition.key.value) in of_caller
	may_contain_anything(condition.values)
}

may_contain_anything(values) if values.unknown

may_contain_anything(values) if {
	some value in values.items
	regex.match(`^([*?]*\*[*?]*|arn:\*+|arn:[^:]*:\*+|arn:([^:]*:){4}\*+)$`, value.value)
}

may_contain_anything(values) if {
	some value in values.items
	value.unknown
	not value.prefix
	not value.suffix
}

# always reports whether every request meets, or may meet, a condition today.
always(condition) if {
	operator := base(condition)
	regex.match(`^(date|numeric)(lessthan|greaterthan)(equals)?$`, operator)
	is_time(condition)
	some value in condition.values.items
	holds_today(operator, value)
}

always(condition) if {
	operator := base(condition)
	regex.match(`^(date|numeric)(lessthan|greaterthan)(equals)?$`, operator)
	is_time(condition)
	condition.values.unknown
}

always(condition) if {
	regex.match(`^(date|numeric)notequals$`, base(condition))
	is_time(condition)
}

always(condition) if {
	lower(condition.operator.value) == "null"
	lower(condition.key.value) in always_present
	some value in condition.values.items
	is_false(value)
}

holds_today(_, value) if value.unknown

holds_today(operator, value) if {
	contains(operator, "greater")
	not ahead(value)
}

holds_today(operator, value) if {
	contains(operator, "less")
	ahead(value)
}

# base is the operator of a condition in small letters, without what makes no difference for a key with one value in every request.
base(condition) := regex.replace(lower(condition.operator.value), `^for(any|all)values?:|ifexists$`, "")

is_time(condition) if lower(condition.key.value) in {"aws:currenttime", "aws:epochtime"}

# Credentials of users have no time of issue, and older credentials than those of today may be valid for a day and a half.
is_time(condition) if {
	lower(condition.key.value) == "aws:tokenissuetime"
	not regex.match(`(?i)^forallvalues:|ifexists$`, condition.operator.value)
}

# ahead reports whether a time, as a date or in seconds since 1970, is today or later.
ahead(value) if {
	regex.match(`^[0-9]{4}(-|$)`, value.value)
	substring(value.value, 0, 10) >= input.today
}

ahead(value) if {
	regex.match(`^[0-9]{5,}$`, value.value)
	[count(value.value), value.value] >= [count(input.settings.epoch), input.settings.epoch]
}

# always_present are the condition keys that every request has, and of_caller those that every request with credentials has.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
always_present := {
	"aws:currenttime", "aws:epochtime", "aws:principalaccount", "aws:principaltype", "aws:requestedregion", "aws:securetransport",
	"aws:useragent", "aws:userid", "aws:viaawsservice",
}

of_caller := {"aws:principalaccount", "aws:principalarn", "aws:principaltype", "aws:userid"}

# contradict reports whether two conditions on one key exclude each other, or may do so: every value that one of them accepts fails
# another.
contradict(conditions) if {
	some i, condition in conditions.items
	exact(condition)
	others := [other | some j, other in conditions.items; i != j; same_key(condition, other); not regex.match(`(?i)^for`, other.operator.value)]
	count(others) > 0
	every value in condition.values.items {
		not accepted(others, value)
	}
}

# The key must be absent and present.
contradict(conditions) if {
	some i, condition in conditions.items
	lower(condition.operator.value) == "null"
	every value in condition.values.items {
		not is_false(value)
	}
	some j, other in conditions.items
	i != j
	same_key(condition, other)
	requires(other)
}

# The end is before the start.
contradict(conditions) if {
	some start in conditions.items
	regex.match(`^(date|numeric)greaterthan(equals)?$`, base(start))
	some end in conditions.items
	regex.match(`^(date|numeric)lessthan(equals)?$`, base(end))
	same_key(start, end)
	not overlap(start, end)
}

same_key(a, b) if lower(a.key.value) == lower(b.key.value)

# exact reports whether a condition requires one of some values.
exact(condition) if regex.match(`(?i)^(stringequals|stringequalsignorecase|bool)$`, condition.operator.value)

# requires reports whether a condition requires the presence of its key.
requires(condition) if {
	regex.match(`(?i)^(foranyvalue:)?(string(equals|equalsignorecase|like)|(numeric|date)(equals|(lessthan|greaterthan)(equals)?)|arn(equals|like)|bool|binaryequals|ipaddress)$`, condition.operator.value)
}

requires(condition) if {
	lower(condition.operator.value) == "null"
	count(condition.values.items) > 0
	every value in condition.values.items {
		is_false(value)
	}
}

accepted(others, value) if {
	every other in others {
		accepts(other, value.value)
	}
}

accepts(condition, given) if {
	not regex.match(`not|^null$`, base(condition))
	some value in condition.values.items
	matches(base(condition), value.value, given)
}

accepts(condition, given) if {
	contains(base(condition), "not")
	not condition.values.unknown
	every value in condition.values.items {
		differs(replace(base(condition), "not", ""), value, given)
	}
}

accepts(condition, _) if {
	base(condition) == "null"
	some value in condition.values.items
	is_false(value)
}

# accepts does not compare what it cannot read: numbers, addresses, policy variables and brackets.
accepts(condition, _) if regex.match(`^(numeric|date|binary|not|ip)`, base(condition))

accepts(condition, _) if {
	some value in condition.values.items
	regex.match(`[$\[\]{}!\\]`, value.value)
}

differs(operator, value, given) if {
	value.value
	not matches(operator, value.value, given)
}

matches("stringequals", value, given) if value == given

matches("stringequalsignorecase", value, given) if lower(value) == lower(given)

matches("bool", value, given) if lower(value) == lower(given)

matches(operator, value, given) if {
	operator in {"stringlike", "arnlike", "arnequals"}
	glob.match(value, null, given)
}

# overlap reports whether a period, or a range of numbers, is not empty.
overlap(start, end) if {
	some a in start.values.items
	some b in end.values.items
	before(a.value, b.value)
}

before(a, b) if {
	regex.match(`^[0-9]+$`, a)
	regex.match(`^[0-9]+$`, b)
	[count(a), a] <= [count(b), b]
}

before(a, b) if {
	contains(a, "-")
	contains(b, "-")
	a <= b
}

# before does not compare a date with seconds.
before(a, b) if contains(a, "-") != contains(b, "-")

# any_address reports whether address ranges include all addresses of a version of IP.
any_address(ranges) if {
	some range in ranges
	regex.match(`^[0-9A-Fa-f.:]+/0+$`, range)
}

any_address(ranges) if halves(ranges, `^([0-9]|[1-9][0-9]|1[01][0-9]|12[0-7])[.][0-9.]+/1$`, `^(12[89]|1[3-9][0-9]|2[0-9][0-9])[.][0-9.]+/1$`)

any_address(ranges) if halves(ranges, `^(::|[0-7]?[0-9A-Fa-f]{1,3}:)[0-9A-Fa-f:]*/1$`, `^[89A-Fa-f][0-9A-Fa-f]{3}:[0-9A-Fa-f:]*/1$`)

halves(ranges, low, high) if {
	some a in ranges
	regex.match(low, a)
	some b in ranges
	regex.match(high, b)
}

# own_variable reports whether a value of a condition is the policy variable of its own key, which has the same value in each request.
own_variable(key, value) if lower(value) == concat("", ["${", lower(key), "}"])
