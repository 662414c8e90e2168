package finding

import (
	"slices"
	"strconv"
	"strings"
)

// Practice is one of the founding practices, which the rules check. Rules name its sentences in their METADATA.
type Practice struct {
	Number    int        `json:"number"`
	Slug      string     `json:"slug"`
	Title     string     `json:"title"`
	Sentences []Sentence `json:"sentences"`
}

// Sentence is one requirement of a practice.
type Sentence struct {
	ID        string `json:"id"` // number of the practice and a letter: 3a
	Text      string `json:"text"`
	Uncovered string `json:"uncovered,omitempty"` // part that no rule checks, and the reason; empty: none
}

// Practices returns the founding practices by number.
func Practices() []Practice { return slices.Clone(practices[:]) }

// Covers reports whether a rule checks a sentence of the practice.
func (p Practice) Covers(r Rule) bool {
	return slices.ContainsFunc(p.Sentences, func(s Sentence) bool { return slices.Contains(r.Practices, s.ID) })
}

// PracticesOf returns the practices of a rule by number.
func PracticesOf(r Rule) []Practice {
	return slices.DeleteFunc(Practices(), func(p Practice) bool { return !p.Covers(r) })
}

// IsSentence reports whether a practice has a sentence with this id.
func IsSentence(id string) bool {
	return slices.ContainsFunc(practices[:], func(p Practice) bool {
		return slices.ContainsFunc(p.Sentences, func(s Sentence) bool { return s.ID == id })
	})
}

// ParsePractice returns the practice with a number or slug and reports whether there is one.
func ParsePractice(word string) (Practice, bool) {
	i := slices.IndexFunc(practices[:], func(p Practice) bool {
		return p.Slug == strings.ToLower(word) || strconv.Itoa(p.Number) == word
	})
	if i < 0 {
		return Practice{}, false
	}
	return practices[i], true
}

const (
	outsideStack = "They are not part of a template."
)

var practices = [...]Practice{ //nolint:gochecknoglobals // a table, never written
	{Number: 1, Slug: "network", Title: "Least privilege for networks", Sentences: []Sentence{
		{ID: "1a", Text: "Functions that need a VPC run in private subnets, in more than one Availability Zone, that nothing else uses."},
		{ID: "1b", Text: "Each function has its own security group, which allows only the traffic that the function needs."},
		{ID: "1c", Text: "Network ACLs limit the traffic of the subnets."},
		{ID: "1d", Text: "Traffic to AWS services and file systems goes through restricted endpoints, and traffic of the VPC is recorded."},
		{ID: "1e", Text: "Lambda can manage the network interfaces of the function, and the code of the function cannot."},
	}},
	{Number: 2, Slug: "deployment", Title: "Limited access to the Lambda API and the deployment process", Sentences: []Sentence{
		{ID: "2a", Text: "Only principals that need the Lambda API can call it."},
		{ID: "2b", Text: "Only the deployment process can change functions and their packages, and only from known sources."},
		{
			ID: "2c", Text: "Changes are published as versions, reach traffic gradually and are recorded.",
			Uncovered: "Reviews and approvals of a pipeline. " + outsideStack,
		},
	}},
	{Number: 3, Slug: "iam-policies", Title: "The most restrictive IAM policies", Sentences: []Sentence{
		{ID: "3a", Text: "Execution roles allow the actions that the function needs, without wildcards."},
		{
			ID: "3b", Text: "Permissions name their resources.",
			Uncovered: "Whether code that lintel does not read uses each permission.",
		},
		{ID: "3c", Text: "No permission allows privilege escalation, reading credentials or removing evidence."},
		{ID: "3d", Text: "Execution roles allow what the settings of the function require."},
		{ID: "3e", Text: "Permissions boundaries, managed policies and narrow trust limit what a role can become."},
	}},
	{Number: 4, Slug: "unused-functions", Title: "No unused functions", Sentences: []Sentence{
		{
			ID: "4a", Text: "Functions that nothing uses are removed, have an owner and leave with their resource.",
			Uncovered: "Functions that are not invoked in practice: a template has no invocation metrics.",
		},
		{ID: "4b", Text: "Triggers, roles and layers do not outlive their use."},
	}},
	{Number: 5, Slug: "function-roles", Title: "One execution role per function", Sentences: []Sentence{
		{ID: "5a", Text: "No two functions share an execution role."},
		{ID: "5b", Text: "Only the Lambda service can assume the execution role."},
		{ID: "5c", Text: "Functions with different roles do not share instances with public functions."},
	}},
	{Number: 6, Slug: "credentials", Title: "No AWS credentials in code or configuration", Sentences: []Sentence{
		{
			ID: "6a", Text: "Code contains no credentials.",
			Uncovered: "Credentials in files that the handler does not load, and in languages other than Python, JavaScript, TypeScript and Go.",
		},
		{ID: "6b", Text: "Environments, providers, templates and inputs of triggers contain no credentials."},
		{ID: "6c", Text: "Templates create no long-lived access keys."},
	}},
	{Number: 7, Slug: "secrets", Title: "Secrets in Parameter Store, Secrets Manager or an encrypted environment", Sentences: []Sentence{
		{ID: "7a", Text: "Secrets are references to Parameter Store or Secrets Manager, not values."},
		{ID: "7b", Text: "Parameters and secrets are encrypted, rotated and have no value in the template."},
		{ID: "7c", Text: "The environment is encrypted with a customer managed key."},
		{ID: "7d", Text: "Secrets do not leave through logs, unverified connections or broad decrypt permissions."},
	}},
	{Number: 8, Slug: "api-gateway", Title: "API Gateway configuration and authorization", Sentences: []Sentence{
		{ID: "8a", Text: "Every route requires authorization, and the authorizer verifies the caller."},
		{ID: "8b", Text: "Domains, integrations, caches, CORS and validation are configured securely."},
		{ID: "8c", Text: "Resource policies and endpoints limit the networks and routes."},
		{ID: "8d", Text: "APIs write access logs, execution logs, metrics and traces without contents of requests."},
		{ID: "8e", Text: "Public APIs have throttling limits, usage plans and a web ACL."},
	}},
	{Number: 9, Slug: "tmp", Title: "Hygiene of /tmp and limits of resources", Sentences: []Sentence{
		{
			ID: "9a", Text: "The size of /tmp is what the function needs.",
			Uncovered: "How much the code writes: neither a template nor the code shows the size of the objects.",
		},
		{ID: "9b", Text: "Files in /tmp are removed, because /tmp survives warm starts, and no code is loaded from it."},
		{ID: "9c", Text: "Concurrency, duration and loops are limited, so that no caller exhausts the account."},
	}},
	{Number: 10, Slug: "invocation", Title: "Who may invoke functions", Sentences: []Sentence{
		{ID: "10a", Text: "Resource-based policies and roles allow only known principals to invoke functions and use layers."},
		{ID: "10b", Text: "Permissions for services name the resource or account that the events come from."},
		{ID: "10c", Text: "Function URLs, load balancers and other endpoints authenticate their callers."},
		{ID: "10d", Text: "Only trusted principals can write to the sources of events."},
	}},
	{Number: 11, Slug: "error-handling", Title: "Settings for errors, timeouts and logging", Sentences: []Sentence{
		{
			ID: "11a", Text: "Failed events are retried within limits and kept in a destination or dead-letter queue.",
			Uncovered: "Error handling in the code, apart from exceptions that it drops.",
		},
		{ID: "11b", Text: "Timeout and memory are set and fit to the triggers."},
		{ID: "11c", Text: "Logging, tracing and alarms show failures."},
		{ID: "11d", Text: "Settings do not contradict each other."},
	}},
	{Number: 12, Slug: "source-encryption", Title: "Encryption key for the source package", Sentences: []Sentence{
		{ID: "12a", Text: "Packages and images are encrypted with a customer managed key."},
		{ID: "12b", Text: "The bucket of the package allows neither changes nor reads by others."},
		{ID: "12c", Text: "Other data of the function is encrypted at rest."},
	}},
	{Number: 13, Slug: "code-signing", Title: "Code signing and protection against malicious code, data theft and unauthorized users", Sentences: []Sentence{
		{ID: "13a", Text: "Lambda accepts only code that trusted publishers have signed."},
		{ID: "13b", Text: "Layers, images, runtimes and packages come from trusted accounts, are pinned and scanned."},
		{ID: "13c", Text: "Runtimes get security updates."},
		{ID: "13d", Text: "Compromised code cannot take data out."},
		{ID: "13e", Text: "Unauthorized users can neither run code in functions nor reach them."},
	}},
	{Number: 14, Slug: "people", Title: "Password policy, MFA and roles for people", Sentences: []Sentence{
		{ID: "14a", Text: "The password policy of the account requires long, complex passwords that are not reused."},
		{
			ID: "14b", Text: "Users with passwords have MFA.",
			Uncovered: "MFA devices that users register themselves. " + outsideStack,
		},
		{ID: "14c", Text: "People use roles instead of users with permissions and access keys."},
	}},
	{Number: 15, Slug: "logs", Title: "Logs in CloudWatch and S3", Sentences: []Sentence{
		{ID: "15a", Text: "Each function writes to its own declared log group."},
		{ID: "15b", Text: "Log groups have a retention period, encryption and protection against access and deletion."},
		{ID: "15c", Text: "Log format and level suit production."},
		{ID: "15d", Text: "Logs are delivered to a protected S3 bucket."},
		{ID: "15e", Text: "APIs, workflows, networks and invocations are logged, too."},
	}},
}
