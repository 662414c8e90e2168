package tree

import (
	"regexp"
	"slices"
	"strings"
)

// oneThing matches names of parameters and variables for a single resource, or a part of its name.
var oneThing = regexp.MustCompile(`(?i)(account|alias|arn|branch|bucket|bus|cluster|credential|database|domain|email|endpoint|env|environment|group|host|id|key|name|` +
	`org|organi[sz]ation|owner|prefix|project|queue|region|repo|repository|secret|stack|stage|stream|table|token|topic|url|version)s?$`)

// NamesOne reports whether a parameter or variable is for the name, ID or ARN of one thing, as its own name says. Its value may
// be unknown, but is no wildcard in a policy.
func NamesOne(parameter string) bool { return oneThing.MatchString(parameter) }

// NamesRegion reports whether a parameter or variable is for a region of AWS.
func NamesRegion(parameter string) bool {
	return strings.HasSuffix(strings.ToLower(parameter), "region")
}

// NamesARN reports whether a parameter or variable is for one ARN. Its value begins like one.
func NamesARN(parameter string) bool { return strings.HasSuffix(strings.ToLower(parameter), "arn") }

// NamesAccount reports whether a parameter or variable is for the ID of one AWS account.
func NamesAccount(parameter string) bool {
	return strings.HasSuffix(strings.ReplaceAll(strings.ToLower(parameter), "_", ""), "accountid")
}

// NamesQueue reports whether a parameter, variable or export is for the ARN of an SQS queue.
func NamesQueue(parameter string) bool {
	name := strings.NewReplacer("_", "", "-", "", ":", "").Replace(strings.ToLower(parameter))
	return strings.HasSuffix(name, "queuearn") || strings.HasSuffix(name, "sqsarn")
}

// ExampleQueue is an example of the ARN of an SQS queue.
const ExampleQueue = "arn:aws:sqs:us-east-1:111122223333:example"

// ExampleStreams returns examples of the ARNs of streams, of Kinesis and of DynamoDB.
func ExampleStreams() []string {
	return []string{"arn:aws:kinesis:us-east-1:111122223333:stream/example", "arn:aws:dynamodb:us-east-1:111122223333:table/example/stream/2026-01-01T00:00:00.000"}
}

// NamesResources reports whether a parameter or variable is for ARNs or IDs, as its own name says. Its value is known before the
// deployment, so the resources are those of another one. A name, in contrast, may also be that of a resource of the stack.
func NamesResources(parameter string) bool {
	name := strings.TrimRight(strings.ReplaceAll(strings.ToLower(parameter), "_", ""), "s0123456789")
	for _, end := range []string{"arn", "id", "subnet", "securitygroup"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// IsData reports whether a Terraform address is that of a data source and not of a resource.
func IsData(id string) bool { return strings.HasPrefix(id, "data.") || strings.Contains(id, ".data.") }

// HasResource reports whether one of some addresses is that of a resource and not of a data source.
func HasResource(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return !IsData(id) })
}
