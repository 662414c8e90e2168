package access

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Tables are the facts about actions and policies of AWS.
type Tables struct {
	kinds map[string][]RiskKind // by action, in small letters
	names []string              // the keys of kinds, sorted
	paths []path
	arns  map[string][]string // services in the ARNs of the resources of a service, if it is not that alone; "*": any
	admin map[string]string   // managed policies that allow everything, or lead to it
	broad map[string]string

	allows map[string]permissions // managed policies, as far as their actions are abilities

	services       map[string][]string // in which managed policies for execution roles allow actions
	byLambda       []string            // actions that Lambda itself uses with an execution role
	byEventSources []string            // those that it uses to read event sources
}

// permissions are the actions that a policy allows on every resource: some, or all except some.
type permissions struct {
	Actions []string `json:"actions"`
	Except  []string `json:"except"`
}

// path is a way of privilege escalation: one of the keys, and one of each of the alternatives in With.
type path struct {
	Keys []string   `json:"keys"`
	With [][]string `json:"with"`
	How  string     `json:"how"`
}

// executionData are the policies for execution roles, and the actions that Lambda itself uses.
type executionData struct {
	All struct {
		Services map[string][]string `json:"services"`
		ByLambda struct {
			Always  usedActions `json:"always"`
			Sources usedActions `json:"with_event_sources"`
		} `json:"used_by_lambda"`
	} `json:"execution_policies"`
}

// usedActions are actions of a list in the data.
type usedActions struct {
	Actions []string `json:"actions"`
}

// ReadTables reads the tables from the data of the rules.
func ReadTables(files fs.FS) (*Tables, error) {
	var risks struct {
		All struct {
			ReadData    map[string][]string `json:"read_data"`
			Credentials map[string][]string `json:"credentials"`
			Decrypt     map[string][]string `json:"decrypt"`
			Assume      map[string][]string `json:"assume"`
			Invoke      map[string][]string `json:"invoke"`
			Pass        map[string][]string `json:"pass"`
			Paths       []path              `json:"paths"`
		} `json:"iam_risks"`
	}
	var actions struct {
		All struct {
			Permissions map[string][]string `json:"permissions"`
			ARNs        map[string][]string `json:"arns"`
		} `json:"iam_actions"`
	}
	var managed struct {
		All struct {
			Admin  map[string]string      `json:"admin"`
			Broad  map[string]string      `json:"broad"`
			Allows map[string]permissions `json:"allows"`
		} `json:"managed_policies"`
	}
	var execution executionData
	sources := map[string]any{
		"data/iam_risks.json": &risks, "data/iam_actions.json": &actions, "data/managed_policies.json": &managed,
		"data/execution_policies.json": &execution,
	}
	for name, into := range sources { // any order: each fills its own variable
		text, err := fs.ReadFile(files, name)
		if err == nil {
			err = json.Unmarshal(text, into)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	t := &Tables{
		arns: actions.All.ARNs, kinds: map[string][]RiskKind{}, paths: risks.All.Paths,
		admin: managed.All.Admin, broad: managed.All.Broad, allows: managed.All.Allows,
		services: execution.All.Services, byLambda: execution.All.ByLambda.Always.Actions, byEventSources: execution.All.ByLambda.Sources.Actions,
	}
	for service, names := range risks.All.ReadData { // any order: it fills a map
		kind := Data
		if service == "secretsmanager" || service == "ssm" {
			kind = Secrets
		}
		t.add(kind, map[string][]string{service: names})
	}
	t.add(Permissions, actions.All.Permissions)
	t.add(Credentials, risks.All.Credentials)
	t.add(Decrypt, risks.All.Decrypt)
	t.add(AssumeRole, risks.All.Assume)
	t.add(Invoke, risks.All.Invoke)
	t.add(PassRole, risks.All.Pass)
	t.sort()
	return t, nil
}

// isAbout reports whether the actions of a service can be about a resource of an area.
func (t *Tables) isAbout(service string, a area) bool {
	parts := strings.SplitN(a.pattern, ":", 4) //nolint:mnd // arn:PARTITION:SERVICE: and the rest
	if len(parts) < 4 || parts[0] != "arn" || strings.ContainsAny(parts[2], "*?") {
		return true
	}
	of, ok := t.arns[service]
	return !ok && parts[2] == service || slices.Contains(of, parts[2]) || slices.Contains(of, "*")
}

func (t *Tables) add(kind RiskKind, list map[string][]string) {
	for service, names := range list { // any order: it fills a map
		for _, name := range names {
			key := service + ":" + name
			t.kinds[key] = append(t.kinds[key], kind)
		}
	}
}

// sort gathers all names, those of the paths included.
func (t *Tables) sort() {
	seen := map[string]bool{}
	for name := range t.kinds { // any order: it fills a map
		slices.Sort(t.kinds[name])
		t.kinds[name] = slices.Compact(t.kinds[name])
		seen[name] = true
	}
	for _, p := range t.paths {
		for _, name := range p.Keys {
			seen[name] = true
		}
		for _, names := range p.With {
			for _, name := range names {
				seen[name] = true
			}
		}
	}
	for name := range seen { // any order: it is sorted below
		t.names = append(t.names, name)
	}
	slices.Sort(t.names)
}

// ofAWS returns what a managed policy of AWS allows of the actions that are abilities; nil: it is not in the tables.
func (t *Tables) ofAWS(name string) []rule {
	p, ok := t.allows[name]
	if !ok {
		return nil
	}
	return allowing(Yes, p.Actions, p.Except...)
}

// policyName returns the name of a managed policy of AWS; empty: it is none.
func policyName(arn string) string {
	_, name, ok := strings.Cut(arn, ":iam::aws:policy/")
	if !ok || !strings.HasPrefix(arn, "arn:") {
		return ""
	}
	return name[strings.LastIndexByte(name, '/')+1:]
}
