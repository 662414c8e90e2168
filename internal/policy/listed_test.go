package policy

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/parsers"
)

// neverListed are the attributes, by rule, of which an unknown value makes no check undetermined, with the reason.
var neverListed = []struct{ rule, attribute, reason string }{
	{`^(env-.*|.*-secret|secret-.*|provider-hardcoded-credentials|codebuild-.*)$`, `.`, "an unknown value is not written in the template"},
	{`^vpc-default-security-group$`, `/security_groups`, "an unknown security group is not taken for the default one"},
}

// TestUnknownIsListed makes each attribute unknown that a rule reads in its first failing template in turn. A violation that
// the rule no longer finds must be one that it may find, which depends on the attribute.
func TestUnknownIsListed(t *testing.T) {
	set, err := Load(os.DirFS("../../policies"))
	if err != nil {
		t.Fatal(err)
	}
	program, err := set.rules[0].program()
	if err != nil {
		t.Fatal(err)
	}
	root := os.DirFS("../../policies/rules")
	for _, r := range set.rules {
		name := path.Join(strings.ReplaceAll(r.ID, "-", "_"), "testdata/bad.tf")
		units, _ := parsers.Find(root, []string{name})
		for _, u := range units {
			parsed := parsers.Parse(t.Context(), root, u, deployment.Options{})
			input, _ := model.Encode(parsed.Stack, model.Facts{Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)})
			listing := listing{t, program, rulesDir + "." + r.Package + ".deny", input.Map()}
			for _, attribute := range listing.lost(set, r.ID) {
				if !slices.ContainsFunc(neverListed, func(e struct{ rule, attribute, reason string }) bool {
					return regexp.MustCompile(e.rule).MatchString(r.ID) && regexp.MustCompile(e.attribute).MatchString(attribute)
				}) {
					t.Errorf("%s: when %s is unknown, a violation is neither found nor undetermined", r.ID, attribute)
				}
			}
		}
	}
}

// listing asks a rule about a stack.
type listing struct {
	t       *testing.T
	program *rego.Program
	deny    string
	input   map[string]any
}

// lost returns the attributes on which a violation depends without being undetermined when they are unknown.
func (l listing) lost(set *Set, id string) (lost []string) {
	index := regexp.MustCompile(`/items/\d+|/\d+`)
	known := l.found()
	all, tried := written("", l.input), map[string]bool{}
	for _, p := range slices.Sorted(maps.Keys(all)) {
		attribute := index.ReplaceAllString(p, "")
		if tried[attribute] || !set.MayRead(id, strings.TrimPrefix(attribute, "/")) {
			continue
		}
		tried[attribute] = true // the others take too long
		node, before := all[p], maps.Clone(all[p])
		for _, member := range []string{"value", "prefix", "suffix", "secret", "sources", "parameters"} {
			if _, isNode := node[member].(map[string]any); !isNode {
				delete(node, member)
			}
		}
		if node["targets"] != nil {
			node["targets"] = []any{}
		}
		node["unknown"] = true
		on, _ := node["at"].(int)
		if now := l.found(); !includes(now, known) && !l.mayFind(on, known, now) {
			lost = append(lost, attribute)
		}
		clear(node)
		maps.Copy(node, before)
	}
	return lost
}

func includes(all, some map[int]bool) bool {
	for at := range some {
		if !all[at] {
			return false
		}
	}
	return true
}

// found are the places of the violations.
func (l listing) found() map[int]bool {
	found, err := l.program.Evaluate(rego.FromModel(objectOf(l.input))).Rule(l.t.Context(), l.deny)
	if err != nil {
		l.t.Fatal(err)
	}
	places := map[int]bool{}
	for _, item := range found.Items() {
		places[violationOf(item).At] = true
	}
	return places
}

// mayFind reports whether a violation may be found that depends on a node, or at a place of which it is not found.
func (l listing) mayFind(on int, known, now map[int]bool) bool {
	may := l.program.May(rego.MayBe(rego.FromModel(objectOf(l.input)), func(int) model.Node { return model.Node{} }))
	possible, err := may.Rule(l.t.Context(), l.deny)
	if errors.Is(err, rego.ErrOpen) {
		return true
	}
	return slices.ContainsFunc(possible.Items(), func(item rego.Value) bool {
		node, depends := item.Depends()
		_, isOpen := item.Member("message").IsUnknown()
		at := violationOf(item).At
		return depends && (node == on || known[at] && !now[at]) || isOpen
	})
}

// written are the attributes below a part of the input that are written, by path.
func written(at string, part any) map[string]map[string]any {
	found := map[string]map[string]any{}
	switch x := part.(type) {
	case map[string]any:
		if _, isResource := x["id"]; !isResource && x["at"] != nil && x["absent"] == nil {
			found[at] = x
		}
		for key, child := range x { // any order: it fills a map
			maps.Copy(found, written(at+"/"+key, child))
		}
	case []any:
		for i, child := range x {
			maps.Copy(found, written(fmt.Sprintf("%s/%d", at, i), child))
		}
	}
	return found
}

// objectOf is the inverse of Object.Map.
func objectOf(x map[string]any) model.Object {
	var object model.Object
	for _, key := range slices.Sorted(maps.Keys(x)) {
		object = append(object, model.Member{Key: key, Value: encodedOf(x[key])})
	}
	return object
}

func encodedOf(x any) any {
	switch x := x.(type) {
	case map[string]any:
		return objectOf(x)
	case []any:
		items := make([]any, len(x))
		for i := range x {
			items[i] = encodedOf(x[i])
		}
		return items
	}
	return x
}
