package access

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Text returns graphs for people, the widest reach first.
func Text(units []*Unit) string {
	var out strings.Builder
	for i, u := range units {
		if i > 0 {
			out.WriteString("\n")
		}
		w := textWriter{unit: u, roles: map[int]string{}, shown: map[string]string{}}
		w.header()
		for _, variants := range u.variants() {
			w.function(variants)
		}
		out.WriteString(w.out.String())
	}
	return out.String()
}

// textWriter writes the text of one unit.
type textWriter struct {
	unit  *Unit
	out   strings.Builder
	roles map[int]string    // what is written of a role; many functions can share it
	shown map[string]string // by the ID of a role: what was written of it last
}

// line writes a line. No argument can break it.
func (w *textWriter) line(indent int, format string, args ...any) {
	w.out.WriteString(strings.Repeat("  ", indent) + printable(fmt.Sprintf(format, args...)) + "\n")
}

// printable escapes what is no visible character.
func printable(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) < 0 {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) && r != unicode.ReplacementChar {
			out.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		out.WriteString(quoted[1 : len(quoted)-1])
	}
	return out.String()
}

func (w *textWriter) header() {
	u := w.unit
	counts, known, admins := map[string]int{}, map[string]bool{}, map[string]bool{}
	for i := range u.Functions { // the variants of one have one ID, and those with the widest reach are first
		f := &u.Functions[i]
		if !known[f.ID] {
			known[f.ID] = true
			counts[string(f.Reach)]++
		}
		if !admins[f.ID] && u.HasRisk(f, Admin) {
			admins[f.ID] = true
			counts["admin"]++
		}
	}
	parts := []string{plural(len(known), "function")}
	for _, what := range []string{string(Public), string(CrossAccount), string(Unknown), "admin"} {
		if counts[what] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[what], what))
		}
	}
	w.line(0, "%s: %s", u.Path, strings.Join(parts, ", "))
	for _, limit := range u.Limits {
		w.line(1, "within %s", limit)
	}
	for _, note := range u.Unknown {
		w.line(1, "unknown: %s", note)
	}
	if len(u.Every) > 0 {
		w.out.WriteString("\n")
		w.line(0, "every function")
		w.callers(u.Every)
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// function writes the variants of a function: what they have in common once.
func (w *textWriter) function(variants []int) {
	w.out.WriteString("\n")
	f := &w.unit.Functions[variants[0]]
	name := f.ID
	if f.Name != "" && f.Name != f.ID {
		name += " (" + f.Name + ")"
	}
	w.line(0, "%s  %s:%d  %s", name, f.File, f.Line, strings.Join(w.unit.labels(variants...), ", "))
	w.common(variants, "", func(w *textWriter, f *Function) {
		if a := f.Allowed; a != nil {
			w.line(1, "allowed: %s (%s)", a.Certainty, listed(a.By, maxShown))
		}
	})
	w.common(variants, "invoked by", func(w *textWriter, f *Function) { w.invokers(f) })
	w.rolesOf(variants)
	w.common(variants, "", func(w *textWriter, f *Function) {
		w.calls(f.Calls)
		if f.Unread != "" {
			w.line(1, "code not read: %s", f.Unread)
		}
	})
	w.common(variants, "", func(w *textWriter, f *Function) { w.protection(&f.Protection) })
	w.common(variants, "", func(w *textWriter, f *Function) {
		for _, note := range f.Unknown {
			if !strings.HasPrefix(note, existsOnly) {
				w.line(1, "unknown: %s", note)
			}
		}
	})
	if when := w.unit.when(variants); when != "" {
		w.line(1, "unknown: %s%s", existsOnly, when)
	}
}

// text returns what a function writes.
func (w *textWriter) text(write func(w *textWriter)) string {
	part := textWriter{unit: w.unit}
	write(&part)
	return part.out.String()
}

// roleText returns what is written of a role.
func (w *textWriter) roleText(i int) string {
	text, ok := w.roles[i]
	if !ok {
		text = w.text(func(w *textWriter) { w.role(&w.unit.Roles[i]) })
		w.roles[i] = text
	}
	return text
}

// invokers writes who can invoke a function. It leaves out conditions under which the function exists at all.
func (w *textWriter) invokers(f *Function) {
	all := f.conditional()
	w.callers(all)
	if len(all) == 0 {
		w.line(2, "principals of the account whose own policies allow it")
	}
}

// labels are the words that a reviewer looks for in the variants of a function.
func (u *Unit) labels(variants ...int) []string {
	all := []string{string(u.Functions[variants[0]].Reach)}
	for _, kind := range []RiskKind{Admin, Escalate, Secrets} {
		if slices.ContainsFunc(variants, func(i int) bool { return u.HasRisk(&u.Functions[i], kind) }) {
			all = append(all, string(kind))
			if kind == Admin {
				break
			}
		}
	}
	return all
}

// label is the text of the variants of a function in a drawing.
func (u *Unit) label(variants []int) string {
	return u.Functions[variants[0]].ID + " (" + strings.Join(u.labels(variants...), ", ") + ")"
}

// callersOf returns the callers of the variants of a function, each once.
func (u *Unit) callersOf(variants []int) []Caller {
	all := u.Functions[variants[0]].conditional()
	for _, i := range variants[1:] {
		for _, c := range u.Functions[i].conditional() {
			if !slices.ContainsFunc(all, c.isShownAs) {
				all = append(all, c)
			}
		}
	}
	return all
}

func (w *textWriter) callers(all []Caller) {
	for i := range all {
		c := &all[i]
		text := fmt.Sprintf("%-13s  %s", c.Reach, c.Who)
		if c.How != "" {
			text += ": " + c.How
		}
		if len(c.Conditions) > 0 {
			text += " [" + strings.Join(c.Conditions, "; ") + "]"
		}
		w.line(2, "%s (%s)", text, c.Via)
	}
}

// maxActions and maxResources limit the lists in the text of a statement.
const (
	maxActions   = 6
	maxResources = 4
)

func (w *textWriter) role(r *Role) {
	if r.Boundary != "" {
		w.line(2, "at most what the permissions boundary %s allows", r.Boundary)
	}
	isAdmin := false
	for _, risk := range r.Risks {
		if isAdmin {
			break // every other ability follows
		}
		isAdmin = risk.Kind == Admin && risk.Certainty == Yes
		w.line(2, "%s%s: %s", ability(risk.Kind), risk.Certainty.suffix(), listed(risk.Details, maxActions))
	}
	for _, m := range r.Managed {
		text := "managed policy " + m.Name
		if m.Risk != "" {
			text += ": " + m.Risk
		}
		w.line(2, "%s", text)
	}
	for j := range r.Grants {
		w.grant(&r.Grants[j])
	}
	for _, note := range r.Unknown {
		w.line(2, "unknown: %s", note)
	}
}

// ability describes a sensitive ability.
func ability(kind RiskKind) string {
	return map[RiskKind]string{
		Admin: "administrator", Escalate: "privilege escalation", Permissions: "manages permissions", Credentials: "obtains credentials",
		Secrets: "reads secrets", Data: "reads data", PassRole: "passes roles", AssumeRole: "assumes roles", Decrypt: "decrypts", Invoke: "invokes functions",
	}[kind]
}

// grant writes a line for each service of a statement.
func (w *textWriter) grant(g *Grant) {
	on := listed(g.Resources, maxResources)
	switch {
	case len(g.NotResources) > 0:
		on = "everything except " + listed(g.NotResources, maxResources)
	case len(g.Resources) == 0:
		on = unknownText
	}
	if len(g.Conditions) > 0 {
		on += " [" + listed(g.Conditions, maxShown) + "]"
	}
	verb := ""
	if g.Effect != "Allow" {
		verb = g.Effect + " "
	}
	if len(g.NotActions) > 0 {
		w.line(2, "%severything except %s on %s", verb, listed(g.NotActions, maxActions), on)
		return
	}
	for i, service := range g.Services {
		if i == maxShown {
			w.line(2, "%s%d more services on %s", verb, len(g.Services)-i, on)
			return
		}
		w.line(2, "%s%s: %s on %s", verb, service, listed(ofService(g.Actions, service), maxActions), on)
	}
}

// ofService returns the names of the actions of one service, without the service.
func ofService(actions []string, service string) []string {
	var all []string
	for _, action := range actions {
		of, name, ok := strings.Cut(action, ":")
		switch {
		case ok && strings.EqualFold(of, service), ok && isStars(of) && service == "*":
			all = append(all, name)
		case !ok && len(services([]string{action})) == 1 && services([]string{action})[0] == service:
			all = append(all, action)
		}
	}
	return all
}

func (w *textWriter) protection(p *Protection) {
	var with, without, open []string
	for _, part := range []struct{ name, state string }{
		{"VPC", p.VPC},
		{"code signing", p.CodeSigning},
		{"KMS key", p.KMSKey},
		{"reserved concurrency", p.Concurrency},
		{"dead-letter queue", p.DeadLetter},
	} {
		switch part.state {
		case "yes":
			with = append(with, part.name)
		case "no":
			without = append(without, part.name)
		default:
			open = append(open, part.name)
		}
	}
	var parts []string
	for _, part := range []struct {
		label string
		names []string
	}{{"protected by ", with}, {"without ", without}, {"unknown: ", open}} {
		if len(part.names) > 0 {
			parts = append(parts, part.label+strings.Join(part.names, ", "))
		}
	}
	w.line(1, "%s", strings.Join(parts, "; "))
}

// Keep removes the functions that keep does not return true for, and the roles that only they have.
func (u *Unit) Keep(keep func(*Function) bool) {
	u.Functions = slices.DeleteFunc(u.Functions, func(f Function) bool { return !keep(&f) })
	u.compact()
}

// compact removes the roles that no function has.
func (u *Unit) compact() {
	roles, moved := []Role{}, map[int]int{}
	move := func(all []int) []int {
		all = slices.Clone(all)
		for j, old := range all {
			if _, ok := moved[old]; !ok {
				moved[old] = len(roles)
				roles = append(roles, u.Roles[old])
			}
			all[j] = moved[old]
		}
		return all
	}
	for i := range u.Functions {
		f := &u.Functions[i]
		f.Roles = move(f.Roles)
		for j := range f.Variants {
			if v := &f.Variants[j]; v.Roles != nil {
				own := move(*v.Roles)
				v.Roles = &own
			}
		}
	}
	u.Roles = roles
}

// Match reports whether the ID or the name of a function matches a pattern with the wildcards * and ?.
func (f *Function) Match(pattern string) bool {
	return glob(pattern, f.ID) || f.Name != "" && glob(pattern, f.Name)
}
