// Package migrate converts ignore comments and metadata of other scanners to those of lintel.
package migrate

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"lintel/internal/annotation"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// Request is a suppression of one check of another scanner.
type Request struct {
	Tool   string
	Check  string       // as it is written; empty: it names none
	At     source.Range // the comment, or the entry of the metadata
	Rules  []string     // ids of the rules that stand for it
	Reason string       // what its author wrote; empty: nothing
	Until  string       // the last day, as YYYY-MM-DD; empty: it has no end
	Why    string       // why it is left as it is; empty: it is rewritten

	target  target
	written []string // those of Rules that lintel's form names already
	whole   bool     // At holds nothing but requests of other tools
}

// target is the place of the converted request.
type target struct {
	about    source.Range         // the attribute, block or resource that the comment goes above
	metadata *annotation.Metadata // the metadata that it goes into; nil: a comment
	path     []string             // of the list in the metadata that the request stands in
}

// Reader reads requests from files.
type Reader struct {
	Peers Peers
	Today time.Time // requests that expired before are not converted
}

// Read returns the requests of a file, sorted by place. A file that does not parse has none.
func (r Reader) Read(file *source.File) []Request {
	var found []Request
	comments, metadata := parsers.Notes(file)
	for _, c := range comments {
		found = append(found, r.comment(c)...)
	}
	for i := range metadata {
		found = append(found, r.metadata(&metadata[i])...)
	}
	slices.SortStableFunc(found, func(a, b Request) int { return cmp.Compare(a.At.Start, b.At.Start) })
	known := r.known(file)
	w := &rewriter{file: file}
	for i := range found {
		q := &found[i]
		if q.Why != "" {
			continue
		}
		for _, id := range known[q.place()] {
			if slices.Contains(q.Rules, id) && !slices.Contains(q.written, id) {
				q.written = append(q.written, id)
			}
		}
		if len(q.Missing()) > 0 {
			q.Why = q.unwritable(w)
		}
	}
	if isGenerated(file.Path) {
		for i := range found {
			found[i].Why = cmp.Or(found[i].Why, "the CDK writes this file anew; say it in the app: resource.addMetadata('lintel', {ignore: ['"+found[i].Text()+"']})")
		}
	}
	return found
}

// isGenerated reports whether cdk synth writes the file.
func isGenerated(name string) bool {
	return slices.Contains(strings.Split(path.Dir(name), "/"), "cdk.out")
}

// fill resolves the rules of a request and normalizes its reason.
func (r Reader) fill(q Request) Request {
	q.Reason = clean(q.Reason)
	if q.Why != "" {
		return q
	}
	if q.Check == "" || q.Check == "*" {
		q.Why = noCheck
		return q
	}
	q.Rules, q.Why = r.Peers.of(q.Tool, q.Check)
	if q.Until != "" && q.Why == "" {
		switch until, err := time.Parse(time.DateOnly, q.Until); {
		case err != nil:
			q.Why = "its end, " + q.Until + ", is no date"
		case r.Today.Format(time.DateOnly) > until.Format(time.DateOnly):
			q.Why = "its time was over on " + q.Until
		}
	}
	return q
}

// place is the target of a directive: the construct at an offset, or a resource by its metadata.
type place struct {
	start    int
	resource string // empty: a comment
}

// place returns the target of the converted request.
func (q *Request) place() place {
	if m := q.target.metadata; m != nil {
		return place{resource: m.Resource}
	}
	return place{start: q.target.about.Start}
}

func placeOf(d finding.Directive) (place, bool) {
	if d.Resource != "" {
		return place{resource: d.Resource}, true
	}
	return place{start: d.Scope.Start}, !d.Scope.IsZero()
}

// known returns the rules that directives of lintel in a file suppress, by place.
func (r Reader) known(file *source.File) map[place][]string {
	known := map[place][]string{}
	for _, d := range parsers.Directives(source.Files{file.Path: file}) {
		at, ok := placeOf(d)
		if !ok {
			continue
		}
		for _, name := range suppress.Names(d.Text) {
			if id, ok := r.Peers.ids.Resolve(name); ok {
				known[at] = append(known[at], id)
			}
		}
	}
	return known
}

// Missing returns the rules that no directive of lintel names yet.
func (q *Request) Missing() []string {
	return slices.DeleteFunc(slices.Clone(q.Rules), func(id string) bool { return slices.Contains(q.written, id) })
}

// Keep leaves of the rules that are still to be named those that are of use. A request that
// becomes empty is left as it is, for a reason.
func (q *Request) Keep(isOfUse func(id string) bool, why string) {
	missing := q.Missing()
	q.Rules = slices.DeleteFunc(q.Rules, func(id string) bool { return slices.Contains(missing, id) && !isOfUse(id) })
	if len(q.Rules) == 0 {
		q.Why = why
	}
}

// Merge names each rule once per place, in a request with a reason if there is one. Call it after Keep.
func Merge(requests []Request) {
	type named struct {
		at   place
		rule string
	}
	by := map[named]string{} // ends
	for _, withReason := range []bool{true, false} {
		for i := range requests {
			q := &requests[i]
			if q.Why != "" || (q.Reason != "") != withReason {
				continue
			}
			for _, id := range q.Missing() {
				key := named{q.place(), id}
				until, ok := by[key]
				switch {
				case ok && (until == "" || until == q.Until):
					q.written = append(q.written, id)
				case !ok || q.Until == "":
					by[key] = q.Until
				}
			}
		}
	}
}

// Text returns the text of the directive for the missing rules.
func (q *Request) Text() string {
	reason := q.Reason
	if reason == "" {
		reason = "taken over from " + q.Tool + " " + q.Check + ", which gave no reason"
	}
	text := strings.Join(q.Missing(), ", ") + " -- " + reason
	if q.Until != "" {
		text += " (until " + q.Until + ")"
	}
	return text
}

// clean returns a reason on one line.
func clean(reason string) string {
	reason = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(reason, ""))
	reason = strings.Join(strings.Fields(reason), " ")
	reason = strings.TrimSpace(strings.TrimLeft(reason, ":-–— "))
	if inner, ok := strings.CutPrefix(reason, `"`); ok && strings.Count(reason, `"`) == 2 && strings.HasSuffix(inner, `"`) {
		reason = strings.TrimSpace(strings.TrimSuffix(inner, `"`))
	}
	return reason
}
