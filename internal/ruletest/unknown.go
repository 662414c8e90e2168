package ruletest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/workspace"
)

// ExceptionsFile is the file in the directory of a rule with the cases in which an unknown attribute may cause a
// finding. Few rules have one.
const ExceptionsFile = "exceptions.json"

// exceptions is the content of ExceptionsFile.
type exceptions struct {
	// Facts are attributes that the rule checks for presence, whatever their value, and attributes that exempt a
	// resource: patterns of paths, each with the reason.
	Facts map[string]string `json:"facts"`
	// Itself says that the rule leaves a case to another of its own findings. When a value becomes unknown, only the
	// former remains.
	Itself bool `json:"yields_to_itself"`

	facts []*regexp.Regexp
}

func readExceptions(fsys fs.FS, folder string) (exceptions, error) {
	var e exceptions
	text, err := fs.ReadFile(fsys, path.Join(folder, ExceptionsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return e, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &e)
	}
	for _, pattern := range slices.Sorted(maps.Keys(e.Facts)) {
		expression, wrong := regexp.Compile(pattern)
		err = errors.Join(err, wrong)
		e.facts = append(e.facts, expression)
	}
	return e, err
}

// OneUnknown makes each attribute that a rule reads unknown in turn, in each of its templates: an unknown attribute must not cause a
// finding or a message with a missing value. It takes much longer than Rule.
func (t Tester) OneUnknown(ctx context.Context, id string, fsys fs.FS, folder string) []Failure {
	allowed, err := readExceptions(fsys, folder)
	if err != nil {
		return []Failure{{ExceptionsFile, 1, err.Error()}}
	}
	templates, err := Templates(fsys, folder)
	if err != nil {
		return []Failure{{policyFile, 1, "cannot read the templates: " + err.Error()}}
	}
	var failures []Failure
	for _, c := range templates {
		inputs, _, err := workspace.Inputs(ctx, c.Files, t.settings(), []string{"."})
		if err == nil {
			for _, input := range inputs {
				var said []string
				said, err = t.oneUnknown(ctx, id, allowed, input.Policy)
				for _, message := range said {
					failures = append(failures, Failure{path.Join(testdata, c.Name), 1, message})
				}
			}
		}
		if err != nil {
			failures = append(failures, Failure{path.Join(testdata, c.Name), 1, err.Error()})
		}
	}
	return failures
}

func (t Tester) oneUnknown(ctx context.Context, id string, allowed exceptions, input map[string]any) (failures []string, err error) {
	known, err := t.messages(ctx, id, input)
	if err != nil {
		return nil, err
	}
	worse := 0
	for _, other := range t.worse(id, allowed) {
		found, err := t.messages(ctx, other, input)
		if err != nil {
			return nil, err
		}
		worse += len(found)
	}
	all := attributes("", input)
	for _, p := range slices.Sorted(maps.Keys(all)) {
		isRead := t.Set.MayRead(id, strings.TrimPrefix(listIndex.ReplaceAllString(p, ""), "/"))
		if !isRead && !t.Unread {
			continue
		}
		node, before := all[p], maps.Clone(all[p])
		forget(node)
		found, err := t.messages(ctx, id, input)
		if err != nil {
			return nil, err
		}
		clear(node)
		maps.Copy(node, before)
		if !isRead && !maps.Equal(found, known) {
			failures = append(failures, fmt.Sprintf("the rule reads %s, and Set.MayRead denies it", p))
		}
		if worse == 0 && !slices.ContainsFunc(allowed.facts, func(fact *regexp.Regexp) bool { return fact.MatchString(p) }) {
			failures = append(failures, more(p, known, found)...)
		}
		failures = append(failures, undefined(p, found)...)
	}
	return failures, nil
}

// worse returns the rules that a rule leaves cases to: when a value becomes unknown, only the finding of this rule remains.
func (t Tester) worse(id string, allowed exceptions) []string {
	var ids []string
	for _, r := range t.Set.Rules() {
		if r.ID == id {
			ids = append(ids, r.YieldsTo...)
		}
	}
	if allowed.Itself {
		ids = append(ids, id)
	}
	return ids
}

// more returns a failure for each finding that an unknown attribute adds.
func more(p string, known, found map[int]string) (failures []string) {
	for _, at := range slices.Sorted(maps.Keys(found)) {
		if known[at] == "" {
			failures = append(failures, fmt.Sprintf("when %s is unknown, the rule reports %q", p, found[at]))
		}
	}
	return failures
}

// undefined returns a failure for each message with a missing value.
func undefined(p string, found map[int]string) (failures []string) {
	for _, at := range slices.Sorted(maps.Keys(found)) {
		if strings.Contains(found[at], "undefined") {
			failures = append(failures, fmt.Sprintf("when %s is unknown, the message has a missing value: %q", p, found[at]))
		}
	}
	return failures
}

// messages returns the messages of a rule, by location.
func (t Tester) messages(ctx context.Context, id string, input map[string]any) (map[int]string, error) {
	all, err := t.Set.Violations(ctx, id, input)
	found := map[int]string{}
	for _, v := range all {
		found[v.At] = v.Message
	}
	return found, err
}

// listIndex matches what the path of a node has more than the path of its attribute.
var listIndex = regexp.MustCompile(`/items/\d+|/\d+`)

// conditionKey matches the keys of a condition block: if one is unknown, the parsers make the list of conditions
// unknown.
var conditionKey = regexp.MustCompile(`/conditions/items/\d+/(key|operator)$`)

// attributes returns the nodes below a part of the input by path, without the resources, whose existence is known.
func attributes(at string, part any) map[string]map[string]any {
	found := map[string]map[string]any{}
	switch x := part.(type) {
	case map[string]any:
		if _, isResource := x["id"]; !isResource && x["at"] != nil && !conditionKey.MatchString(at) {
			found[at] = x
		}
		for key, child := range x { // any order: it fills a map
			maps.Copy(found, attributes(at+"/"+key, child))
		}
	case []any:
		for i, child := range x {
			maps.Copy(found, attributes(fmt.Sprintf("%s/%d", at, i), child))
		}
	}
	return found
}

// forget makes a node unknown. The nodes below it stay known, because each has its own turn.
func forget(node map[string]any) {
	for _, member := range []string{"absent", "value", "prefix", "suffix", "secret", "sources", "parameters"} {
		if _, isNode := node[member].(map[string]any); !isNode || member == "secret" {
			delete(node, member)
		}
	}
	if node["targets"] != nil {
		node["targets"] = []any{}
	}
	node["unknown"] = true
}
