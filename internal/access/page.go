package access

import (
	"cmp"
	_ "embed" // the style and the script of the page
	"fmt"
	"html"
	"slices"
	"strings"

	frame "lintel/internal/page"
)

//go:embed page.css
var pageStyle string

//go:embed page.js
var pageScript string

// page writes graphs as one page, in HTML that is well-formed XML, too.
type page struct {
	out  strings.Builder
	same []int // Unit.sameRoles of the unit that is written
}

func (p *page) add(format string, values ...any) {
	for i, value := range values {
		if text, ok := value.(string); ok {
			values[i] = html.EscapeString(printable(text))
		}
	}
	fmt.Fprintf(&p.out, format, values...)
}

// HTML returns a page that contains everything that it needs: for each unit a drawing and a table with the same content. Without
// JavaScript everything is visible; with it functions can be searched and filtered. The page requests nothing: its content
// security policy allows only the embedded style and script.
func HTML(units []*Unit) string {
	var p page
	total := 0
	for _, u := range units {
		total += len(u.variants())
	}
	p.out.WriteString(frame.Head("lintel access: "+plural(total, "function"), pageStyle, pageScript))
	p.add(`<header>
<h1>Access of %s</h1>
<p>Left: who can invoke a function. Right: what its execution role allows. A dashed line cannot be determined before deployment.</p>
</header>
`, plural(total, "function"))
	if total > 0 {
		p.add(`<search id="filter" hidden="hidden">
<label>Search <input id="query" type="search" autocomplete="off"/></label>
<fieldset><legend>Only</legend>
`)
		for _, f := range filters() {
			p.add("<label><input type=\"checkbox\" value=\"%s\"/> %s</label>\n", f.flag, f.label)
		}
		p.add("</fieldset>\n<p id=\"shown\" role=\"status\"></p>\n</search>\n")
	}
	p.add("<main>\n")
	for i, u := range units {
		p.unit(i, u)
	}
	p.add("</main>\n")
	p.out.WriteString(frame.End(pageScript))
	return p.out.String()
}

// filterOf is a filter of the page.
type filterOf struct{ flag, label string }

func filters() []filterOf {
	return []filterOf{{string(Public), "public"}, {string(CrossAccount), "cross-account"}, {"data", "can read data"}, {"escalate", "can escalate"}}
}

// flags returns the filters that the variants of a function match. Something that depends on a condition or a value counts.
func (u *Unit) flags(variants, same []int) string {
	var all []string
	for _, i := range variants {
		f := &u.Functions[i]
		for _, r := range []Reach{Public, CrossAccount} {
			if f.Reach == r || slices.ContainsFunc(f.Callers, func(c Caller) bool { return c.Reach == r }) {
				all = append(all, string(r))
			}
		}
	}
	for _, risk := range u.risks(variants, same) {
		switch risk.Kind { //nolint:exhaustive // the others have no filter
		case Admin:
			all = append(all, "data", "escalate")
		case Escalate:
			all = append(all, "escalate")
		case Data, Secrets:
			all = append(all, "data")
		}
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

func (p *page) unit(i int, u *Unit) {
	p.same = u.sameRoles()
	w := textWriter{unit: u}
	w.header()
	summary, _, _ := strings.Cut(strings.TrimPrefix(w.out.String(), printable(u.Path)+": "), "\n")
	p.add("<section data-unit=\"%d\" aria-labelledby=\"u%d\">\n<h2 id=\"u%d\">%s</h2>\n<p>%s</p>\n", i, i, i, u.Path, summary)
	for _, limit := range u.Limits {
		p.add("<p>within %s</p>\n", limit)
	}
	for _, note := range u.Unknown {
		p.add("<p>unknown: %s</p>\n", note)
	}
	p.drawing(i, u)
	p.add("<table>\n<caption>Functions of %s</caption>\n<thead><tr><th scope=\"col\">Function</th><th scope=\"col\">Reach</th><th scope=\"col\">Invoked by</th><th scope=\"col\">Can</th><th scope=\"col\">Place</th></tr></thead>\n<tbody>\n", u.Path)
	if len(u.Every) > 0 {
		p.add("<tr><th scope=\"row\">every function</th><td></td><td>")
		p.list(u.parts([]int{0}, func(int) []string { return callerItems(u.Every) }))
		p.add("</td><td></td><td></td></tr>\n")
	}
	for _, all := range u.variants() {
		p.row(i, all, u)
	}
	p.add("</tbody>\n</table>\n</section>\n")
}

// row writes the variants of a function in the table.
func (p *page) row(i int, variants []int, u *Unit) {
	j := variants[0]
	f := &u.Functions[j]
	p.add("<tr id=\"f%d-%d\" data-f=\"f%d\" data-flags=\"%s\"><th scope=\"row\"><code>%s</code></th><td class=\"reach %s\">%s</td><td>", i, j, j, u.flags(variants, p.same), f.ID, string(f.Reach), string(f.Reach))
	p.list(u.parts(variants, func(i int) []string {
		callers := callerItems(u.Functions[i].conditional())
		if len(callers) == 0 {
			return []string{"principals of the account whose own policies allow it"}
		}
		return callers
	}))
	p.add("</td><td>")
	p.list(u.parts(variants, func(i int) []string { return p.abilities(&u.Functions[i], u) }))
	if when := u.when(variants); when != "" {
		p.add("<p>exists only %s</p>", when)
	}
	p.add("</td><td>%s:%d</td></tr>\n", f.File, f.Line)
}

// list writes a list of items, which are HTML.
func (p *page) list(items []part) {
	p.add("<ul>")
	for _, item := range items {
		p.out.WriteString("<li>" + item.text)
		if item.when != "" {
			p.add(" [%s]", item.when)
		}
		p.add("</li>")
	}
	p.add("</ul>")
}

// abilities returns what the roles of a function allow, as items.
func (p *page) abilities(f *Function, u *Unit) []string {
	var items []string
	item := func(format string, values ...any) {
		var one page
		one.add(format, values...)
		items = append(items, one.out.String())
	}
	for _, r := range rolesAs(f.Roles, p.same) {
		w := textWriter{unit: u}
		w.role(&u.Roles[r])
		for line := range strings.Lines(w.out.String()) {
			item("%s", strings.TrimSpace(line))
		}
	}
	for _, note := range f.Unknown {
		if !strings.HasPrefix(note, existsOnly) { // the row says it
			item("unknown: %s", note)
		}
	}
	return items
}

// callerItems returns callers as items.
func callerItems(all []Caller) []string {
	items := make([]string, len(all))
	for i := range all {
		c := &all[i]
		var one page
		one.add("<span class=\"reach %s\">%s</span> %s%s (%s)", string(c.Reach), string(c.Reach), c.Who.String(), details(c), c.Via)
		items[i] = one.out.String()
	}
	return items
}

// Sizes of a drawing, in pixels. The script of the page reads those that it needs from attributes.
const (
	nodeHeight   = 26
	nodeStep     = 34
	nodeTop      = 4
	callerX      = 2
	callerWidth  = 300
	fnX          = 420
	fnWidth      = 330
	abilityX     = 830
	abilityWidth = 400
	svgWidth     = abilityX + abilityWidth + 2
	charWidth    = 8
	manyDrawn    = 40   // functions, from which on lines are drawn lighter
	maxDrawn     = 4000 // edges
)

// column returns where the nodes of a side are.
func column(s side) (x, width int) {
	switch s {
	case sideCaller:
		return callerX, callerWidth
	case sideAbility:
		return abilityX, abilityWidth
	case sideFunction:
	}
	return fnX, fnWidth
}

// place places the nodes and returns the height.
func (d *drawing) place() float64 {
	bottom := float64(nodeTop)
	for i := range d.nodes {
		if d.nodes[i].side == sideFunction {
			d.nodes[i].y = bottom
			bottom += nodeStep
		}
	}
	for _, e := range d.edges {
		for _, pair := range [][2]int{{e.from, e.to}, {e.to, e.from}} {
			if n := &d.nodes[pair[0]]; n.side != sideFunction {
				n.want += d.nodes[pair[1]].y
				n.edges++
			}
		}
	}
	for _, side := range []side{sideCaller, sideAbility} {
		var beside []*node
		for i := range d.nodes {
			if n := &d.nodes[i]; n.side == side {
				n.want /= float64(max(n.edges, 1))
				beside = append(beside, n)
			}
		}
		slices.SortStableFunc(beside, func(a, b *node) int { return cmp.Compare(a.want, b.want) })
		next := float64(nodeTop)
		for _, n := range beside {
			n.y = max(next, n.want)
			next = n.y + nodeStep
		}
		bottom = max(bottom, next)
	}
	return bottom
}

// drawing writes the drawing of a unit.
func (p *page) drawing(number int, u *Unit) {
	d := draw(u, p.same)
	if left := len(d.edges) - maxDrawn; left > 0 {
		p.add("<p>The drawing leaves out %d lines; the table contains them.</p>\n", left)
		d.edges = d.edges[:maxDrawn]
	}
	height := d.place()
	size := ""
	if len(u.Functions) > manyDrawn {
		size = "large"
	}
	p.add("<figure><svg class=\"%s\" xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-label=\"%s\" width=\"%d\" height=\"%.0f\" viewBox=\"0 0 %d %.0f\" data-step=\"%d\" data-node=\"%d\" data-top=\"%d\">\n",
		size, "Drawing of "+u.Path+"; the table below has the same content", svgWidth, height, svgWidth, height, nodeStep, nodeHeight, nodeTop)
	p.add("<defs><marker id=\"a%d\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerUnits=\"userSpaceOnUse\" markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>\n", number)
	for _, e := range d.edges {
		from, to := &d.nodes[e.from], &d.nodes[e.to]
		y1, y2 := from.y+nodeHeight/2, to.y+nodeHeight/2
		fromX, width := column(from.side)
		toX, _ := column(to.side)
		x1, x2 := fromX+width, toX-2 //nolint:mnd // room for the tip of the arrow
		bend := (x1 + x2) / 2        //nolint:mnd // the middle
		if fromX == toX {
			x1 = fromX
			bend = x1 - 50 //nolint:mnd // beside the column
		}
		p.add("<path class=\"%s\" data-from=\"%s\" data-to=\"%s\" marker-end=\"url(#a%d)\" d=\"M%d %.1f C%d %.1f %d %.1f %d %.1f\"><title>%s</title></path>\n",
			e.class, from.id, to.id, number, x1, y1, bend, y1, bend, y2, x2, y2, from.label+" → "+to.label+": "+e.via+e.details)
	}
	for i := range d.nodes {
		n := &d.nodes[i]
		x, width := column(n.side)
		p.add("<g data-n=\"%s\" data-side=\"%s\" data-x=\"%d\" data-w=\"%d\" transform=\"translate(%d %.1f)\">", n.id, string(n.side), x, width, x, n.y)
		if n.function >= 0 {
			p.add("<a href=\"#f%d-%d\">", number, n.function)
		}
		p.add("<title>%s</title><rect class=\"%s\" width=\"%d\" height=\"%d\" rx=\"4\"/><text x=\"8\" y=\"17\">%s</text>", n.label, n.class, width, nodeHeight, shortened(n.label, (width-16)/charWidth))
		if n.function >= 0 {
			p.add("</a>")
		}
		p.add("</g>\n")
	}
	p.add("</svg></figure>\n")
}

// shortened cuts the middle out of a long text: the beginning and the end of a name distinguish it.
func shortened(text string, most int) string {
	runes := []rune(printable(text))
	if len(runes) <= most {
		return string(runes)
	}
	half := (most - 1) / 2 //nolint:mnd // on both sides of the sign
	return string(runes[:most-1-half]) + "…" + string(runes[len(runes)-half:])
}
