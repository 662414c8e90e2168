package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lintel/internal/source"
)

// FingerprintVersion is the version of the recipe of fingerprints. Baselines and SARIF files name
// it. When it changes, every finding gets a new fingerprint and baselines must be rewritten.
//
//  1. rule, resource, attribute, and the words of the message
//  2. rule, resource, attribute, and the key that the rule returns
const FingerprintVersion = 2

// fingerprintBytes is how much of the hash a fingerprint keeps: 16 bytes collide with
// negligible probability at any number of findings a repository can have.
const fingerprintBytes = 16

// Identity distinguishes a finding from all others of a run and stays the same in later runs: it contains neither a
// file within the unit nor a line. A finding has one identity per instance.
type Identity struct {
	Unit  string // root of the unit, relative to the root of the repository
	Facts string // hash of rule, resource, attribute, key, and number among equal findings

	formerly string // Facts for each former id of the rule, each with a newline
}

// Fingerprint returns the identity as 32 hexadecimal digits.
func (i Identity) Fingerprint() string { return fingerprintOf(i.Unit, i.Facts) }

func fingerprintOf(unit, facts string) string {
	return hash(strconv.Itoa(FingerprintVersion), unit, facts)
}

// Fingerprints returns the fingerprint for the current id of the rule, followed by those for its former ids.
func (i Identity) Fingerprints() []string {
	all := []string{i.Fingerprint()}
	for facts := range strings.Lines(i.formerly) {
		all = append(all, fingerprintOf(i.Unit, strings.TrimSuffix(facts, "\n")))
	}
	return all
}

// Names are the former names of resources and rules.
type Names struct {
	Oldest func(address string) string // returns the first address of a moved resource; nil: no resource was moved
	Former map[string][]string         // former ids of rules, by current id
}

// Identify sets the identities and fingerprints of the findings of one unit. It must run before findings are merged,
// because merging keeps the identities.
//
// A resource is identified by its oldest address, an attribute by its path without list indices, and the cause by the
// key that the rule returns. The message is not part of the identity, so that it can be reworded. A finding keeps its
// fingerprint when blocks are moved or reordered and when another function shares the resource. Findings that are still
// equal are numbered in the order of their locations; equal findings at one location have the same number, because they
// are merged.
func Identify(found []Finding, names Names) {
	slices.SortFunc(found, compareUses)
	counts := make(map[string]int, len(found)) // locations of equal findings, by what they have in common
	numbers := make(map[place]int, len(found)) // of the locations
	for i := range found {
		f := &found[i]
		resource := f.Resource
		if names.Oldest != nil {
			resource = names.Oldest(resource)
		}
		rest := []string{resource, withoutNumbers(f.Attribute), f.Key}
		key := hash(append([]string{f.Rule}, rest...)...)
		at := place{key: key, used: f.AtUse().Range, at: f.Range, via: fmt.Sprint(f.Via)}
		n, ok := numbers[at]
		if !ok {
			n = counts[key]
			numbers[at], counts[key] = n, n+1
		}
		identity := Identity{Unit: cmp.Or(f.Of, f.Unit), Facts: hash(key, strconv.Itoa(n))}
		for _, id := range names.Former[f.Rule] {
			identity.formerly += hash(hash(append([]string{id}, rest...)...), strconv.Itoa(n)) + "\n"
		}
		f.Identities = []Identity{identity}
		f.Fingerprint = identity.Fingerprint()
	}
}

// place is the location of a finding. Equal findings at one place are merged.
type place struct {
	key      string // hash of what makes findings equal
	used, at source.Range
	via      string
}

// compareUses orders findings by the places where their values are used, so that their numbers do not depend on where the
// values are written.
func compareUses(a, b Finding) int {
	return cmp.Or(
		a.AtUse().Range.Compare(b.AtUse().Range),
		cmp.Compare(a.Rule, b.Rule),
		slices.CompareFunc(a.Via, b.Via, source.Range.Compare),
		compareFindings(a, b),
	)
}

// withoutNumbers replaces the list indices in the path of an attribute.
func withoutNumbers(attribute string) string {
	steps := strings.Split(attribute, "/")
	for i, step := range steps {
		if _, err := strconv.Atoi(step); err == nil {
			steps[i] = "*"
		}
	}
	return strings.Join(steps, "/")
}

// hash returns a short hash of an ordered list of strings.
func hash(texts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:fingerprintBytes])
}

// Relocate returns the finding with the identity that it would have in a unit with another root.
func (f Finding) Relocate(root string) Finding {
	f.Identities = slices.Clone(f.Identities)
	for i := range f.Identities {
		f.Identities[i].Unit = root
	}
	if len(f.Identities) > 0 {
		f.Fingerprint = f.Identities[0].Fingerprint()
	}
	return f
}
