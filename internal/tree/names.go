package tree

import (
	"regexp"
	"strings"
)

// oneThing matches names of parameters and variables for a single resource, or a part of its name.
var oneThing = regexp.MustCompile(`(?i)(account|alias|arn|bucket|bus|cluster|credential|database|domain|email|endpoint|env|environment|group|host|id|key|name|prefix|` +
	`queue|region|secret|stack|stage|stream|table|token|topic|url|version)s?$`)

// NamesOne reports whether a parameter or variable is for the name, ID or ARN of one thing, as its own name says. Its value may
// be unknown, but is no wildcard in a policy.
func NamesOne(parameter string) bool { return oneThing.MatchString(parameter) }

// NamesRegion reports whether a parameter or variable is for a region of AWS.
func NamesRegion(parameter string) bool {
	return strings.HasSuffix(strings.ToLower(parameter), "region")
}
