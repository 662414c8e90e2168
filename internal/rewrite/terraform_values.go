package rewrite

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// plainValue returns a value for encoding/json.
func plainValue(v cty.Value) any {
	content, err := ctyjson.Marshal(v, v.Type())
	if err != nil {
		return nil
	}
	return json.RawMessage(content)
}

// constant is an expression without references.
type constant struct {
	text  string    // source
	value cty.Value // its value; unknown for calls of functions
	isDoc bool      // a heredoc: it ends with a line end
}

// inline returns the source of a constant for use within an expression on one line.
func (c constant) inline() string {
	if c.isDoc {
		return "(\n" + strings.TrimSuffix(c.text, "\n") + "\n)"
	}
	return c.text
}

func (c constant) isString() bool {
	return c.value.Type() == cty.String && c.value.IsKnown() && !c.value.IsNull()
}

func (c constant) isList() bool { return c.value.IsKnown() && c.value.Type().IsTupleType() }

// declarations are what a rewriting adds to the directory of a file.
type declarations struct {
	dir   string
	text  strings.Builder
	files Files
	n     int
}

// name returns a new name.
func (d *declarations) name() string {
	d.n++
	return fmt.Sprintf("%s_%d", mark, d.n)
}

func (d *declarations) add(format string, args ...any) { fmt.Fprintf(&d.text, format, args...) }

// wrap returns another expression with the value of a constant. It is empty where it does not apply.
type wrap func(d *declarations, c constant) string

// valueRewriting returns a rewriting of constants: of the whole arguments, or of the scalars in them.
func valueRewriting(name string, scalars bool, w wrap) Rewriting {
	return Rewriting{name, func(files Files) (Files, bool) {
		out, changed := maps.Clone(files), false
		all := map[string]*declarations{}
		for _, p := range slices.Sorted(maps.Keys(files)) {
			if !strings.HasSuffix(p, ".tf") {
				continue
			}
			dir := path.Dir(p)
			if all[dir] == nil {
				all[dir] = &declarations{dir: dir, files: Files{}}
			}
			if text := wrapFile(files[p], scalars, func(c constant) string { return w(all[dir], c) }); text != files[p] {
				out[p], changed = text, true
			}
		}
		for dir, d := range all {
			if d.text.Len() > 0 {
				out[tfFile(dir)] = d.text.String()
			}
			maps.Copy(out, d.files)
		}
		return out, changed
	}}
}

// wrapFile rewrites the constants of a file.
func wrapFile(text string, scalars bool, w func(constant) string) string {
	parsed, diagnostics := hclsyntax.ParseConfig([]byte(text), "main.tf", hcl.InitialPos)
	body, ok := parsed.Body.(*hclsyntax.Body)
	if diagnostics.HasErrors() || !ok {
		return text
	}
	v := &visitor{text: text, scalars: scalars, wrap: w}
	for _, b := range body.Blocks {
		switch b.Type {
		case "resource", "data", "locals", "module", "provider":
			v.body(b.Body)
		}
	}
	return apply(text, v.edits)
}

// visitor collects the edits of constants.
type visitor struct {
	text    string
	scalars bool
	wrap    func(constant) string
	edits   []edit
}

func (v *visitor) body(b *hclsyntax.Body) {
	for _, name := range slices.Sorted(maps.Keys(b.Attributes)) {
		switch name {
		case "source", "version", "providers", "provider", "depends_on", "count", "for_each", "alias", "iterator":
		default:
			v.expression(b.Attributes[name].Expr)
		}
	}
	for _, nested := range b.Blocks {
		if !isMetaBlock(nested.Type) || nested.Type == "dynamic" || nested.Type == "content" {
			v.body(nested.Body)
		}
	}
}

// expression rewrites the constants of an expression, outermost first.
func (v *visitor) expression(e hclsyntax.Expression) {
	c, isConstant := v.constant(e)
	if isConstant && (!v.scalars || isScalar(e)) {
		if text := v.wrap(c); text != "" {
			r := e.Range()
			if c.isDoc {
				text += "\n"
			}
			v.edits = append(v.edits, edit{r.Start.Byte, r.End.Byte, text})
		}
		return
	}
	switch x := e.(type) {
	case *hclsyntax.TupleConsExpr:
		for _, item := range x.Exprs {
			v.expression(item)
		}
	case *hclsyntax.ObjectConsExpr:
		for _, item := range x.Items {
			v.expression(item.ValueExpr)
		}
	case *hclsyntax.FunctionCallExpr:
		for _, argument := range x.Args {
			v.expression(argument)
		}
	case *hclsyntax.ParenthesesExpr:
		v.expression(x.Expression)
	case *hclsyntax.ConditionalExpr:
		v.expression(x.TrueResult)
		v.expression(x.FalseResult)
	}
}

func isScalar(e hclsyntax.Expression) bool {
	switch e.(type) {
	case *hclsyntax.TemplateExpr, *hclsyntax.LiteralValueExpr:
		return true
	}
	return false
}

// constant returns an expression without references. Calls of functions have no value here.
func (v *visitor) constant(e hclsyntax.Expression) (constant, bool) {
	text := sourceOf(v.text, e.Range())
	c := constant{text: text, value: cty.DynamicVal, isDoc: strings.HasPrefix(text, "<<")}
	if len(e.Variables()) > 0 || strings.Contains(text, "path.") {
		return c, false
	}
	value, diagnostics := e.Value(nil)
	switch {
	case !diagnostics.HasErrors() && value.IsNull():
		return c, false // null means that an argument is not set
	case !diagnostics.HasErrors():
		c.value = value
	}
	return c, true
}

// quoted writes a string in native syntax.
func quoted(s string) string {
	text := fmt.Sprintf("%q", s)
	text = strings.NewReplacer(`\x`, `\u00`, `\a`, `\u0007`, `\b`, `\u0008`, `\f`, `\u000c`, `\v`, `\u000b`).Replace(text)
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(text)
}

// tfValues returns the rewritings of constants.
func tfValues() []Rewriting {
	var all []Rewriting
	for _, w := range slices.Concat(anyWraps(), fileWraps()) {
		all = append(all, valueRewriting("arguments: "+w.name, false, w.wrap), valueRewriting("scalars: "+w.name, true, w.wrap))
	}
	for _, w := range slices.Concat(stringWraps(), otherWraps()) {
		all = append(all, valueRewriting("scalars: "+w.name, true, w.wrap))
	}
	for _, w := range unknownWraps() {
		all = append(all, valueRewriting("arguments: "+w.name, false, w.wrap), valueRewriting("scalars: "+w.name, true, w.wrap))
	}
	for _, w := range partitionWraps() {
		all = append(all, valueRewriting("scalars: "+w.name, true, w.wrap))
	}
	for _, w := range listWraps() {
		all = append(all, valueRewriting("lists: "+w.name, false, w.wrap))
	}
	return all
}

type namedWrap struct {
	name string
	wrap wrap
}

// around returns a wrap by a format with one verb.
func around(format string) namedWrap {
	return namedWrap{strings.ReplaceAll(format, "%[1]s", "x"), func(_ *declarations, c constant) string { return fmt.Sprintf(format, c.inline()) }}
}

// anyWraps apply to every constant.
func anyWraps() []namedWrap {
	all := []namedWrap{
		{"local value", func(d *declarations, c constant) string {
			name := d.name()
			d.add("locals {\n%s = %s\n}\n", name, c.text)
			return "local." + name
		}},
		{"local value through others", func(d *declarations, c constant) string {
			a, b, last := d.name(), d.name(), d.name()
			d.add("locals {\n%s = local.%s\n%s = { v = [local.%s] }\n%s = %s\n}\n", a, b, b, last, last, c.text)
			return "local." + a + ".v[0]"
		}},
		{"field of a local value", func(d *declarations, c constant) string {
			name := d.name()
			d.add("locals {\n%s = {\nother = 1\nv = %s\n}\n}\n", name, c.text)
			return "local." + name + `["v"]`
		}},
		{"output of a module", func(d *declarations, c constant) string {
			name := d.name()
			d.add("module %q {\nsource = \"./%s\"\n}\n", name, name)
			d.files[path.Join(d.dir, name, "main.tf")] = fmt.Sprintf("output \"v\" {\nvalue = %s\n}\n", c.text)
			return "module." + name + ".v"
		}},
		{"argument and output of a module", func(d *declarations, c constant) string {
			name := d.name()
			d.add("module %q {\nsource = \"./%s\"\nv = %s\n}\n", name, name, c.text)
			d.files[path.Join(d.dir, name, "main.tf")] = "variable \"v\" {}\noutput \"v\" {\nvalue = var.v\n}\n"
			return "module." + name + ".v"
		}},
		{"argument with an optional field", func(d *declarations, c constant) string {
			if c.value.IsKnown() && c.isString() {
				name := d.name()
				d.add("variable %q {\ntype = object({ v = optional(string, %s) })\ndefault = {}\n}\n", name, quoted(c.value.AsString()))
				return "var." + name + ".v"
			}
			return ""
		}},
	}
	for _, format := range []string{
		"(%[1]s)", "[%[1]s][0]", "([%[1]s][*])[0]", "{ v = %[1]s }.v", `{ v = %[1]s }["v"]`, `lookup({ v = %[1]s }, "v", null)`,
		"true ? %[1]s : null", "false ? null : %[1]s", "try(%[1]s, null)", "one([%[1]s])", "element([%[1]s], 0)",
		"[for v in [%[1]s] : v][0]", "{ for k, v in { a = %[1]s } : k => v }.a", "merge({ v = null }, { v = %[1]s }).v",
		"concat([], [%[1]s])[0]", "values({ v = %[1]s })[0]", "jsondecode(jsonencode(%[1]s))", "nonsensitive(%[1]s)",
		"yamldecode(yamlencode({ v = %[1]s })).v", "[for v in [%[1]s] : v if true][0]", "tolist([%[1]s])[0]", "coalesce(null, %[1]s)",
	} {
		all = append(all, around(format))
	}
	return all
}

// fileWraps put the value of a variable in several places.
func fileWraps() []namedWrap {
	variable := func(file, format string, isJSON bool) wrap {
		return func(d *declarations, c constant) string {
			if !c.value.IsWhollyKnown() || d.dir != "." && file != "" {
				return ""
			}
			name := d.name()
			text := c.text
			if isJSON {
				content, _ := json.Marshal(plainValue(c.value)) //nolint:errchkjson // JSON already
				text = string(content)
			}
			switch file {
			case "":
				d.add(format, name, text)
			default:
				d.add("variable %q {}\n", name)
				key := path.Join(d.dir, file)
				if isJSON {
					d.files[key] = strings.TrimSuffix(d.files[key], "}")
					d.files[key] = jsonEntry(d.files[key], name, text)
				} else {
					d.files[key] += fmt.Sprintf("%s = %s\n", name, text)
				}
			}
			return "var." + name
		}
	}
	return []namedWrap{
		{"default of a variable", variable("", "variable %q {\ndefault = %s\n}\n", false)},
		{"default of a variable with a type", variable("", "variable %q {\ntype = any\nnullable = false\ndefault = %s\n}\n", false)},
		{"default of a sensitive variable of no use", variable("", "variable %q {\nvalidation {\ncondition = true\nerror_message = \"x\"\n}\ndefault = %s\n}\n", false)},
		{"terraform.tfvars", variable("terraform.tfvars", "", false)},
		{"auto.tfvars", variable("zz.auto.tfvars", "", false)},
		{"terraform.tfvars.json", variable("terraform.tfvars.json", "", true)},
		{"auto.tfvars.json", variable("zz.auto.tfvars.json", "", true)},
	}
}

// jsonEntry adds an entry to an object that may lack its closing brace, or be empty.
func jsonEntry(object, key, value string) string {
	object = strings.TrimSuffix(object, "}")
	if object == "" {
		return fmt.Sprintf("{%q: %s}", key, value)
	}
	return fmt.Sprintf("%s, %q: %s}", object, key, value)
}

// stringWraps apply to strings.
func stringWraps() []namedWrap {
	all := []namedWrap{
		{"pieces", func(_ *declarations, c constant) string {
			text := c.value.AsString()
			half := middle(text)
			return fmt.Sprintf(`"${%s}${%s}"`, quoted(text[:half]), quoted(text[half:]))
		}},
		{"join of pieces", func(_ *declarations, c constant) string {
			text := c.value.AsString()
			half := middle(text)
			return fmt.Sprintf(`join("", [%s, %s])`, quoted(text[:half]), quoted(text[half:]))
		}},
		{"format of pieces", func(_ *declarations, c constant) string {
			text := c.value.AsString()
			half := middle(text)
			return fmt.Sprintf(`format("%%s%%s", %s, %s)`, quoted(text[:half]), quoted(text[half:]))
		}},
		{"escapes", func(_ *declarations, c constant) string {
			var out strings.Builder
			for _, r := range c.value.AsString() {
				fmt.Fprintf(&out, `\U%08x`, r)
			}
			return `"` + out.String() + `"`
		}},
		{"short escapes", func(_ *declarations, c constant) string {
			var out strings.Builder
			for _, r := range c.value.AsString() {
				if r > 0xffff {
					return ""
				}
				fmt.Fprintf(&out, `\u%04x`, r)
			}
			return `"` + out.String() + `"`
		}},
		{"base64", func(_ *declarations, c constant) string {
			return fmt.Sprintf("base64decode(%q)", base64.StdEncoding.EncodeToString([]byte(c.value.AsString())))
		}},
		{"file", func(d *declarations, c constant) string {
			name := d.name() + ".txt"
			d.files[path.Join(d.dir, name)] = c.value.AsString()
			return fmt.Sprintf("file(\"${path.module}/%s\")", name)
		}},
		{"templatefile", func(d *declarations, c constant) string {
			name := d.name() + ".tftpl"
			d.files[path.Join(d.dir, name)] = "${v}"
			return fmt.Sprintf("templatefile(\"${path.module}/%s\", { v = %s })", name, quoted(c.value.AsString()))
		}},
		{"heredoc", func(_ *declarations, c constant) string {
			text := c.value.AsString()
			if strings.ContainsAny(text, "\r") {
				return ""
			}
			return fmt.Sprintf("trimsuffix(<<EOT\n%s\nEOT\n, \"\\n\")", strings.NewReplacer("${", "$${", "%{", "%%{").Replace(text))
		}},
	}
	for _, format := range []string{
		`"${%[1]s}"`, `"${"${%[1]s}"}"`, `format("%%s", %[1]s)`, `join("", [%[1]s])`, `replace(%[1]s, "#never#", "x")`, `trimprefix(%[1]s, "#never#")`,
		`"%%{ if true }${%[1]s}%%{ else }x%%{ endif }"`, `"%%{ for v in [%[1]s] }${v}%%{ endfor }"`, `substr(%[1]s, 0, -1)`, `tostring(%[1]s)`,
		`strrev(strrev(%[1]s))`, `base64decode(base64encode(%[1]s))`, `split("#never#", %[1]s)[0]`, `templatestring("$${v}", { v = %[1]s })`,
	} {
		all = append(all, around(format))
	}
	for i, inner := range all {
		all[i].wrap = func(d *declarations, c constant) string {
			if !c.isString() {
				return ""
			}
			return inner.wrap(d, c)
		}
	}
	return all
}

// middle returns the offset of a character in the middle of a text.
func middle(text string) int {
	half := 0
	for i := range text {
		if half = i; i >= len(text)/2 { //nolint:mnd // the middle
			break
		}
	}
	return half
}

// otherWraps apply to numbers and truth values.
func otherWraps() []namedWrap {
	of := func(kind cty.Type, format string) namedWrap {
		w := around(format)
		return namedWrap{w.name, func(d *declarations, c constant) string {
			if !c.value.IsKnown() || c.value.Type() != kind {
				return ""
			}
			return w.wrap(d, c)
		}}
	}
	return []namedWrap{
		of(cty.Number, "%[1]s + 0"), of(cty.Number, "-(-%[1]s)"), of(cty.Number, "max(%[1]s, %[1]s)"), of(cty.Number, `tonumber("${%[1]s}")`), of(cty.Number, "parseint(\"%[1]s\", 10)"),
		of(cty.Bool, "!!%[1]s"), of(cty.Bool, "%[1]s == true"), of(cty.Bool, `tobool("${%[1]s}")`), of(cty.Bool, "%[1]s || %[1]s"), of(cty.Bool, "alltrue([%[1]s])"), of(cty.Bool, "anytrue([%[1]s])"), of(cty.Bool, "1 == 1 ? %[1]s : null"),
	}
}

// listWraps apply to lists of constants.
func listWraps() []namedWrap {
	var all []namedWrap
	for _, format := range []string{
		"concat(%[1]s, [])", "flatten([%[1]s])", "distinct(%[1]s)", "[for v in %[1]s : v]", "tolist(%[1]s)", "toset(%[1]s)",
		"reverse(reverse(%[1]s))", "slice(concat(%[1]s, [\"x\"]), 0, length(%[1]s))", "%[1]s[*]", "setunion(%[1]s, [])", "compact(%[1]s)",
		"[for k, v in { for v in %[1]s : v => v } : v]", `split("#never#", join("#never#", %[1]s))`, "coalescelist([], %[1]s)", "setsubtract(%[1]s, [])",
	} {
		w := around(format)
		all = append(all, namedWrap{w.name, func(d *declarations, c constant) string {
			if !c.isList() || !allStrings(c.value) {
				return ""
			}
			return w.wrap(d, c)
		}})
	}
	return all
}

func allStrings(v cty.Value) bool {
	seen := map[string]bool{}
	for it := v.ElementIterator(); it.Next(); {
		_, item := it.Element()
		if item.Type() != cty.String || item.IsNull() || seen[item.AsString()] || item.AsString() == "" {
			return false
		}
		seen[item.AsString()] = true
	}
	return len(seen) > 0
}
