// Package baseline keeps the findings that a repository already has in a file, so that only new
// ones count.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// version is the version of the file: that of its fingerprints, the only thing in it that is compared.
const version = finding.FingerprintVersion

// Entry is one finding that is known. Only the fingerprint is compared; the rest is for people,
// and unit and rule tell whether a run could have found it.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Unit        string `json:"unit"`
	Resource    string `json:"resource"`
	File        string `json:"file"`
	Message     string `json:"message"`

	line source.Range // where it stands in the file; zero: it was not read from one
}

// Baseline is a list of entries. The zero Baseline knows nothing.
type Baseline struct{ Entries []Entry }

var fingerprint = regexp.MustCompile(`^[0-9a-f]{32}$`)

// VersionError is the error of Parse for a baseline with fingerprints of another version. Its entries
// cannot be compared with findings.
type VersionError struct {
	Name  string
	Found int
}

// Error names the file, both versions and the command to run.
func (e *VersionError) Error() string {
	if !e.Older() {
		return fmt.Sprintf("%s has version %d, and this lintel reads version %d; update lintel", e.Name, e.Found, version)
	}
	return fmt.Sprintf("%s has version %d, and this lintel reads version %d: fingerprints are computed differently now; run \"lintel baseline --output %s\" to rewrite the file",
		e.Name, e.Found, version, e.Name)
}

// Older reports whether an earlier lintel wrote the file, so that this one can rewrite it.
func (e *VersionError) Older() bool { return e.Found > 0 && e.Found < version }

// Parse reads the text of a file. Errors name the file, the line and what to do.
func Parse(name string, content []byte) (Baseline, error) {
	fail := func(offset int64, why string) (Baseline, error) {
		line := 1 + bytes.Count(content[:min(int(offset), len(content))], []byte("\n"))
		return Baseline{}, fmt.Errorf("%s:%d: %s; write it anew with lintel baseline, or repair the line", name, line, why)
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	var file struct {
		Version  int
		Findings []json.RawMessage
	}
	if err := decoder.Decode(&file); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return fail(syntax.Offset-1, "not valid JSON: "+syntax.Error())
		}
		return fail(decoder.InputOffset(), "not a baseline: "+strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fail(decoder.InputOffset(), "there is something after the end of the baseline")
	}
	if file.Version != version {
		if file.Version > 0 {
			return Baseline{}, &VersionError{Name: name, Found: file.Version}
		}
		return fail(0, fmt.Sprintf("it has no version, and this lintel reads version %d", version))
	}
	var b Baseline
	from := 0
	for _, raw := range file.Findings {
		start := from + max(0, bytes.Index(content[from:], raw))
		from = start + len(raw)
		var entry Entry
		if err := json.Unmarshal(raw, &entry); err != nil {
			return fail(int64(start), "not an entry: "+strings.TrimPrefix(err.Error(), "json: "))
		}
		if !fingerprint.MatchString(entry.Fingerprint) {
			return fail(int64(start), "the entry has no fingerprint of 32 hexadecimal digits")
		}
		entry.line = source.Range{Path: name, Start: start, End: from}
		b.Entries = append(b.Entries, entry)
	}
	return b, nil
}

// Shown returns a copy for display, with mask applied to every text that a template or a file name can contribute to.
func (b Baseline) Shown(mask func(string) string) Baseline {
	entries := slices.Clone(b.Entries)
	for i := range entries {
		e := &entries[i]
		e.Unit, e.Resource, e.File, e.Message = mask(e.Unit), mask(e.Resource), mask(e.File), mask(e.Message)
	}
	return Baseline{Entries: entries}
}

// Marshal returns the text of the file: sorted, an entry on each line.
func (b Baseline) Marshal() []byte {
	entries := slices.Clone(b.Entries)
	slices.SortFunc(entries, func(x, y Entry) int {
		return cmp.Or(
			cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Resource, y.Resource),
			cmp.Compare(x.Message, y.Message), cmp.Compare(x.Fingerprint, y.Fingerprint),
		)
	})
	entries = slices.CompactFunc(entries, func(x, y Entry) bool { return x.Fingerprint == y.Fingerprint })
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n  \"findings\": [", version)
	for i, entry := range entries {
		separator := ",\n    "
		if i == 0 {
			separator = "\n    "
		}
		out.WriteString(separator)
		var line bytes.Buffer
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(entry) // texts can always be written
		out.Write(bytes.TrimSpace(line.Bytes()))
	}
	out.WriteString("\n  ]\n}\n")
	return out.Bytes()
}

// Of returns the baseline of what was found. Findings that are suppressed by other means
// are left out.
func Of(found []finding.Finding) Baseline {
	var b Baseline
	for _, f := range found {
		if f.Suppressed != nil && f.Suppressed.Kind != finding.InBaseline {
			continue
		}
		for i, identity := range f.Identities {
			resource, message := f.Resource, f.Message
			if i < len(f.Instances) && len(f.Identities) == len(f.Instances) {
				resource, message = f.Instances[i].Resource, f.Instances[i].Message
			}
			b.Entries = append(b.Entries, Entry{
				Fingerprint: identity.Fingerprint(), Rule: f.Rule, Unit: identity.Unit, Resource: resource,
				File: f.Range.Path, Message: message,
			})
		}
	}
	return b
}

// Scope reports whether a run could have found what a rule finds in the unit with a root: the unit was checked as a
// whole, or is gone, and the rule ran for it.
type Scope func(root, rule string) bool

func (s Scope) has(e Entry) bool { return s(e.Unit, e.Rule) }

// Apply suppresses the findings that are known in all their instances, and returns the entries
// that the run could have found and did not.
func (b Baseline) Apply(found []finding.Finding, scope Scope) (stale []Entry) {
	known := map[string]Entry{}
	for _, entry := range b.Entries {
		known[entry.Fingerprint] = entry
	}
	met := map[string]bool{}
	for i := range found {
		f := &found[i]
		all := len(f.Identities) > 0
		for _, identity := range f.Identities {
			isKnown := false
			for _, name := range identity.Fingerprints() {
				_, ok := known[name]
				met[name] = true
				isKnown = isKnown || ok
			}
			all = all && isKnown
		}
		if all && f.Suppressed == nil {
			f.Suppressed = &finding.Suppression{Kind: finding.InBaseline, Range: lineOf(f.Identities[0], known)}
		}
	}
	for _, entry := range b.Entries {
		if !met[entry.Fingerprint] && scope.has(entry) {
			stale = append(stale, entry)
		}
	}
	return stale
}

// lineOf is where the entry of a finding stands.
func lineOf(identity finding.Identity, known map[string]Entry) source.Range {
	for _, name := range identity.Fingerprints() {
		if entry, ok := known[name]; ok {
			return entry.line
		}
	}
	return source.Range{}
}

// Update returns what a baseline becomes after a run: what was found, and what the run could not
// have found.
func (b Baseline) Update(found []finding.Finding, scope Scope) (updated Baseline, added, removed int) {
	updated = Of(found)
	now, before := map[string]bool{}, map[string]bool{}
	for _, entry := range updated.Entries {
		now[entry.Fingerprint] = true
	}
	for _, entry := range b.Entries {
		before[entry.Fingerprint] = true
		switch {
		case now[entry.Fingerprint]:
		case scope.has(entry):
			removed++
		default:
			updated.Entries = append(updated.Entries, entry)
		}
	}
	for fingerprint := range now {
		if !before[fingerprint] {
			added++
		}
	}
	return updated, added, removed
}

// Subtract removes the findings that a base has, too. A unit of the base that gone reports is
// taken for the unit that has most of its findings now, so that renaming a directory or a template
// makes nothing new.
func Subtract(found, base []finding.Finding, gone func(root string) bool) []finding.Finding {
	known := map[finding.Identity]bool{}
	for _, f := range base {
		for _, identity := range f.Identities {
			known[identity] = true
		}
	}
	renamed := renames(found, known, gone)
	return slices.DeleteFunc(slices.Clone(found), func(f finding.Finding) bool {
		return len(f.Identities) > 0 && !slices.ContainsFunc(f.Identities, func(identity finding.Identity) bool {
			if known[identity] {
				return false
			}
			before, ok := renamed[identity.Unit]
			identity.Unit = before
			return !ok || !known[identity]
		})
	})
}

// renames pairs units without any known finding with those that are gone, by how many findings
// they have in common, each at most once.
func renames(found []finding.Finding, known map[finding.Identity]bool, gone func(root string) bool) map[string]string {
	lost := map[string][]string{} // units that are gone, by the facts they had
	isKnown := map[string]bool{}  // units with a known finding
	for identity := range known { // any order: each counts once
		isKnown[identity.Unit] = true
		if gone(identity.Unit) {
			lost[identity.Facts] = append(lost[identity.Facts], identity.Unit)
		}
	}
	type pair struct{ now, before string }
	score := map[pair]int{}
	for _, f := range found {
		for _, identity := range f.Identities {
			if isKnown[identity.Unit] {
				continue
			}
			for _, before := range lost[identity.Facts] {
				score[pair{identity.Unit, before}]++
			}
		}
	}
	var pairs []pair
	for p := range score {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a.now, b.now), cmp.Compare(a.before, b.before))
	})
	renamed, taken := map[string]string{}, map[string]bool{}
	for _, p := range pairs {
		if _, done := renamed[p.now]; !done && !taken[p.before] {
			renamed[p.now], taken[p.before] = p.before, true
		}
	}
	return renamed
}
