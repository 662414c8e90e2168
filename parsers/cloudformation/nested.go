package cloudformation

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// maxStacks is how deep stacks may be nested.
const maxStacks = 8

// reader reads templates: the one that is asked for, and those nested in it.
type reader struct {
	fsys    fs.FS
	options deployment.Options
	files   source.Files
	uses    source.Uses
	solver  *solver
	roots   map[string]parsedFile
	byName  map[string][]string // files of the repository; nil: not searched
	hidden  []string            // values of parameters with NoEcho
	meter   meter
}

// parsedFile is a template as parse returns it.
type parsedFile struct {
	root     *node
	problems []finding.Problem
	whole    bool
}

func newReader(fsys fs.FS, files source.Files, uses source.Uses) *reader {
	return &reader{fsys: fsys, files: files, uses: uses, solver: newSolver(), roots: map[string]parsedFile{}}
}

// read returns the content of a YAML or JSON file.
func (rd *reader) read(name string) (*node, []finding.Problem) {
	parsed := rd.parsed(name)
	return parsed.root, parsed.problems
}

// parsed reads a file once.
func (rd *reader) parsed(name string) parsedFile {
	parsed, ok := rd.roots[name]
	if ok {
		return parsed
	}
	content, err := source.ReadText(rd.fsys, name)
	if err != nil {
		return parsedFile{problems: []finding.Problem{{Range: source.Range{Path: name}, Message: err.Error()}}}
	}
	file := source.NewFile(name, content)
	rd.files[name] = file
	parsed.root, parsed.problems, parsed.whole = parse(file)
	rd.roots[name] = parsed
	return parsed
}

// open reads a template. It is nil, with the problems, when the file cannot be read or is none.
func (rd *reader) open(name string) (*template, []finding.Problem) {
	parsed := rd.parsed(name)
	problems := parsed.problems
	t := (*template)(nil)
	if parsed.root != nil {
		t = newTemplate(parsed.root)
	}
	switch {
	case t != nil:
		t.within(rd, name, problems)
		t = t.included()
		t.macros()
	case parsed.whole:
		problems = nil // it is something else
	}
	return t, problems
}

// within makes a template ready to be evaluated.
func (t *template) within(rd *reader, name string, problems []finding.Problem) {
	t.reader, t.path, t.problems = rd, name, slices.Clone(problems)
	t.base, t.decided, t.sections = everywhere, map[string]diagram{}, map[string]*section{}
}

// nestedLocation returns the property that says where the template of a nested stack is.
func nestedLocation(kind string) string {
	switch kind {
	case "AWS::CloudFormation::Stack":
		return "TemplateURL"
	case "AWS::Serverless::Application":
		return "Location"
	}
	return ""
}

// nested returns the templates of a nested stack: one for each variant of what the stack passes. There are
// none if the resource is no nested stack or its template is not available, which is a problem.
func (t *template) nested(id string) []*template {
	if all, ok := t.children[id]; ok {
		return all
	}
	if t.children == nil {
		t.children = map[string][]*template{}
	}
	t.children[id] = nil
	f, _ := t.section("Resources").get(id)
	from, ok := nestedIn(f.value)
	if !ok {
		return nil
	}
	properties, at := f.value.get("Properties"), f.keyAt
	condition, _ := f.in.text(f.value.get("Condition"))
	for _, v := range f.in.variants(id, condition, at, maxVariants, append(f.in.computed(from.parameters), properties)...) {
		in := *f.in
		in.world = v.world
		name, ok := t.whereIs(id, from, &in, at)
		if !ok {
			continue
		}
		child := t.openChild(id, name, at)
		if child == nil {
			continue
		}
		child.above = append(slices.Clip(t.above), t.path)
		child.prefix = t.prefix + id + from.separator
		child.via = append(slices.Clip(t.via), at)
		child.base, child.literals, child.maybe = v.world, v.literals, t.maybe
		if condition != "" && t.reader.solver.isOpen(t.base, f.in.condition(condition)) {
			child.maybe = "condition " + condition + " is decided at deployment"
		} else if f.maybe != "" {
			child.maybe = f.maybe
		}
		child.pass(&in, from.parameters)
		child.require()
		t.children[id] = append(t.children[id], child)
	}
	return t.children[id]
}

// pass sets the parameters of a nested stack.
func (t *template) pass(in *resolver, parameters *node) {
	t.given, t.fixed, t.aliases = map[string]tree.Tree{}, map[string]bool{}, map[string]int{}
	if parameters == nil || parameters.kind != mapNode {
		return
	}
	for _, f := range in.expand(parameters.fields) {
		t.given[f.key] = f.in.tree(f.value)
		bare := *f.in
		bare.strict = true
		if v, ok := bare.alias(f.value); ok {
			t.aliases[f.key] = v
			continue
		}
		t.fixed[f.key] = bare.tree(f.value).Known()
	}
}

// computed returns the parameters of a nested stack that are not those of the stack around it.
func (r *resolver) computed(parameters *node) (all []*node) {
	if parameters == nil {
		return nil
	}
	bare := *r
	bare.strict = true
	for _, f := range parameters.fields {
		if _, ok := bare.alias(f.value); !ok {
			all = append(all, f.value)
		}
	}
	return all
}

// alias returns the variable of the parameter that an expression is.
func (r *resolver) alias(n *node) (int, bool) {
	cases := r.operands(n)
	if len(cases) != 1 || !cases[0].isParameter() {
		return 0, false
	}
	return cases[0].variable, true
}

// nestedStack is where the template of a nested stack is and what is passed to it.
type nestedStack struct {
	resource   *node
	location   *node
	module     string // path of a module of Rain; empty: a stack
	parameters *node
	separator  string // between the id of the stack and those of its resources; Rain has none
}

// nestedIn returns the nested stack that a resource is. It is false for other resources.
func nestedIn(resource *node) (nestedStack, bool) {
	properties := resource.get("Properties")
	if module, ok := moduleOf(resource); ok {
		return nestedStack{resource: resource, module: module, parameters: properties}, true
	}
	kind, _ := resource.get("Type").text()
	property := nestedLocation(kind)
	return nestedStack{resource: resource, location: properties.get(property), parameters: properties.get("Parameters"), separator: "."}, property != ""
}

// whereIs returns the file of a nested stack's template. It is false, with a gap, if it is not available.
func (t *template) whereIs(id string, from nestedStack, in *resolver, at source.Range) (string, bool) {
	if from.separator == "" {
		name := path.Join(path.Dir(t.path), from.module)
		if !t.isFile(name) {
			t.unpackaged(at, "the module of "+id)
			return "", false
		}
		return name, true
	}
	location := in.tree(from.location)
	name, ok := t.locate(from.resource, location)
	file := path.Join(path.Dir(t.path), name)
	switch {
	case ok && t.isAssumed(from.resource, location, file):
		t.gap(at, finding.GapNestedStack, "the nested stack %s was checked as %s, because no other file has this name; the location of its template is unknown before deployment", id, file)
	case location.IsMap:
		name, _ = location.Field("ApplicationId").String()
		t.gap(at, finding.GapApplication, "the application %s (%s) of the AWS Serverless Application Repository was not checked; check its template in its own repository", id, name)
		return "", false
	case !ok:
		t.gap(at, finding.GapNestedStack, "the nested stack %s was not checked: the location of its template is unknown before deployment; check the template by itself", id)
		return "", false
	case strings.Contains(name, "://"):
		t.gap(at, finding.GapNestedStack, "the nested stack %s (%s) was not checked: its template is not in the repository; download it and check it by itself", id, name)
		return "", false
	case !fs.ValidPath(file):
		t.gap(at, finding.GapNestedStack, "the nested stack %s was not checked: %s is outside of the repository, where lintel reads no file; check the template by itself", id, name)
		return "", false
	}
	return file, true
}

// isAssumed reports whether a file is taken for the template of a nested stack for its name alone: the known part of the
// location names no directory of it.
func (t *template) isAssumed(resource *node, location tree.Tree, file string) bool {
	if location.State != tree.StateUnknown || location.IsMap {
		return false
	}
	_, isAsset := resource.get("Metadata").get("aws:asset:path").text()
	if _, isInPlace := t.inRepository("https://…/" + location.Suffix); isAsset || isInPlace {
		return false
	}
	if local, ok := t.onlyFile(path.Base("/" + location.Suffix)); !ok || path.Join(path.Dir(t.path), local) != file {
		return false
	}
	_, inBucket, _ := strings.Cut(location.Suffix, "/") // what precedes it is the end of the host or of an unknown directory
	return !strings.Contains(inBucket, "/") || !strings.HasSuffix("/"+file, "/"+inBucket)
}

// openChild reads the template of a nested stack. An unreadable template is a problem at the stack.
func (t *template) openChild(id, name string, at source.Range) *template {
	if slices.Contains(t.above, name) || name == t.path || len(t.above) >= maxStacks {
		t.problem(at, "the nested stack %s is not checked: stacks contain each other, or more than %d of them", id, maxStacks)
		return nil
	}
	if _, err := fs.Stat(t.reader.fsys, name); errors.Is(err, fs.ErrNotExist) {
		t.gap(at, finding.GapNestedStack, "the nested stack %s was not checked: %s does not exist; build the template, or correct the path", id, name)
		return nil
	}
	child, problems := t.reader.open(name)
	switch {
	case child != nil:
	case len(problems) > 0:
		t.problem(at, "the nested stack %s is not checked: %s: %s", id, name, problems[0].Message)
	default:
		t.problem(at, "the nested stack %s is not checked: %s is not a template", id, name)
	}
	return child
}

// locate returns the file or address of a nested stack's template. A template that the CDK uploads is a file
// of the assembly.
func (t *template) locate(resource *node, location tree.Tree) (string, bool) {
	if name, ok := location.String(); ok {
		if local, found := t.inRepository(name); found {
			return local, true
		}
		return name, true
	}
	if asset, ok := resource.get("Metadata").get("aws:asset:path").text(); ok {
		return asset, true
	}
	if local, found := t.inRepository("https://…/" + location.Suffix); found {
		return local, true
	}
	if local, found := t.onlyFile(path.Base("/" + location.Suffix)); found {
		return local, true
	}
	_, hash, _ := strings.Cut(location.Suffix, "/")
	return t.reader.asset(path.Dir(t.path), strings.TrimSuffix(hash[strings.LastIndex(hash, "/")+1:], ".json"))
}

// inRepository returns the file that a URL in S3 is the upload of, relative to the template: the one with the
// longest common path in the directory of the template or above.
func (t *template) inRepository(url string) (string, bool) {
	_, rest, ok := strings.Cut(url, "https://")
	if !ok {
		return "", false
	}
	for { // without the host and then one directory after the other
		if _, rest, ok = strings.Cut(rest, "/"); !ok {
			return "", false
		}
		var found []string
		up := ""
		for dir := path.Dir(t.path); rest != "" && fs.ValidPath(rest); dir = path.Dir(dir) {
			name := path.Join(dir, rest)
			info, err := fs.Stat(t.reader.fsys, name)
			if err == nil && info.Mode().IsRegular() && name != t.path && !slices.Contains(t.above, name) {
				found = append(found, up+rest)
			}
			if dir == "." {
				break
			}
			up += "../"
		}
		if len(found) > 0 {
			return found[0], len(found) == 1
		}
	}
}

func withoutExtension(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// onlyFile returns the file with a name, relative to the template, if the repository has exactly one. The bucket of its URL
// is unknown, so that it is uploaded from here, in whatever directory it is. A build may change its extension.
func (t *template) onlyFile(name string) (string, bool) {
	found := t.reader.filesByName()[name]
	if len(found) == 0 && source.SyntaxOf(name).MayBeTemplate() {
		for other, files := range t.reader.filesByName() { // any order: one file is wanted
			if withoutExtension(other) == withoutExtension(name) && source.SyntaxOf(other).MayBeTemplate() {
				found = append(found, files...)
			}
		}
		found = slices.DeleteFunc(found, func(file string) bool {
			content, err := source.ReadText(t.reader.fsys, file)
			return err != nil || !IsWhole(content)
		})
	}
	if len(found) != 1 || found[0] == t.path || slices.Contains(t.above, found[0]) || !source.SyntaxOf(name).MayBeTemplate() {
		return "", false
	}
	up := strings.Repeat("../", strings.Count(t.path, "/"))
	return up + found[0], true
}

// maxSearched limits the files and directories of a repository that are searched for a name.
const maxSearched = 10_000

// filesByName returns the files of the repository by the last element of their path, without those in hidden
// directories and installed packages. It is empty for a repository that exceeds maxSearched.
func (rd *reader) filesByName() map[string][]string {
	if rd.byName != nil {
		return rd.byName
	}
	rd.byName = map[string][]string{}
	seen := 0
	_ = fs.WalkDir(rd.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if seen++; seen > maxSearched {
			clear(rd.byName)
			return fs.SkipAll
		}
		base := path.Base(name)
		switch {
		case err != nil:
			return fs.SkipDir
		case entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "node_modules"):
			return fs.SkipDir
		case entry.Type().IsRegular():
			rd.byName[base] = append(rd.byName[base], name)
		}
		return nil
	})
	return rd.byName
}

// output returns the value of an output of a nested stack: GetAtt STACK.Outputs.NAME.
func (r *resolver) output(id, attribute string, whole *node) (tree.Tree, bool) {
	t := r.template
	name, ok := strings.CutPrefix(attribute, "Outputs.")
	if !ok {
		return tree.Tree{}, false
	}
	var all []tree.Tree
	for _, child := range t.nested(id) {
		in := child.resolver()
		if in.world = t.reader.solver.and(child.base, r.world); in.world == nowhere {
			continue
		}
		f, ok := child.section("Outputs").get(name)
		if !ok {
			return tree.Tree{}, false
		}
		value := *f.in
		value.world, value.strict = in.world, r.strict
		all = append(all, value.tree(f.value.get("Value")))
	}
	switch len(all) {
	case 0:
		t.missing.Report(id + "." + attribute + " is unknown until deployment")
		return tree.Tree{}, false
	case 1:
		all[0].Range = whole.at
		return all[0], true
	}
	return either(whole, "conditions decide it at deployment", all...), true
}

// Nested returns the templates that a template names as its nested stacks and that are here, and those that it deploys,
// directly or through others, with the files that it includes. They tell templates that are deployed from those that are
// part of another.
func Nested(fsys fs.FS, name string, content []byte) (named, deployed []string) {
	text := string(source.Unescaped(content))
	if !slices.ContainsFunc([]string{"AWS::CloudFormation::Stack", "AWS::Serverless::Application", awsInclude, rainPrefix}, func(word string) bool { return strings.Contains(text, word) }) {
		return nil, nil // parsing is what costs
	}
	t, _ := newReader(fsys, source.Files{}, source.Uses{}).open(name)
	if t == nil {
		return nil, nil
	}
	parts := slices.Clone(t.includes)
	for _, f := range t.section("Resources").entries {
		if module, ok := moduleOf(f.value); ok {
			parts = append(parts, path.Join(path.Dir(name), module))
		}
		kind, _ := f.value.get("Type").text()
		if nestedLocation(kind) == "" {
			continue
		}
		location, ok := t.locate(f.value, f.in.tree(f.value.get("Properties").get(nestedLocation(kind))))
		if !ok || strings.Contains(location, "://") {
			continue
		}
		if nested := path.Join(path.Dir(name), location); !strings.HasPrefix(nested, "../") {
			named = append(named, nested)
		}
	}
	return append(named, parts...), append(parts, t.stacks()...)
}

// stacks returns the templates of the nested stacks, directly or through others.
func (t *template) stacks() []string {
	var found []string
	for _, f := range t.section("Resources").entries {
		for _, child := range t.nested(f.key) {
			found = append(append(found, child.path), child.stacks()...)
		}
	}
	return found
}
