package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// Limits of the search for values in the code of one function. Beyond them, the list of calls is incomplete.
const (
	maxSteps = 200_000
	maxDepth = 24
	maxKinds = 6 // values of one name
)

// objectKind is a kind of values that the search for calls follows.
type objectKind string

const (
	isModule   objectKind = "module"   // a third-party module or a member of one; name is its dotted path
	isLocal    objectKind = "local"    // a file of the package
	isFunction objectKind = "function" // a function of the package
	isClass    objectKind = "class"    // a class of the package
	isInstance objectKind = "instance" // an instance of it
	isLiteral  objectKind = "literal"  // a map
	isSession  objectKind = "session"  // of boto3
	isClient   objectKind = "client"   // of a service
	isDocument objectKind = "document" // the document client of DynamoDB
	isResource objectKind = "resource" // of boto3; name is the kind, such as Table, or ""
	isMeta     objectKind = "meta"     // of a resource or client
	isCommand  objectKind = "command"  // an operation with its input, of version 3 of the SDK for JavaScript and of the SDK for Go
)

// object is a value that the search for calls follows.
type object struct {
	kind    objectKind
	name    string // see objectKind; operation of a command
	service service
	input   *code.Expr // of a command or a resource: what names the resource
	owner   owner      // of a session, client, resource or module
	scope   *scope     // of a literal or an input
	index   int        // of a function or class
	made    *code.Expr // of a client: the expression that makes it
	expr    *code.Expr // of a literal
}

// owner says whose credentials a client uses.
type owner int

const (
	ofRole owner = iota
	ofOthers
	ofUnknown
)

// scope is where an expression is evaluated.
type scope struct {
	m        *names
	function int
	call     *code.Expr // that called the function, if it is known
	caller   *scope
	bound    bool // the first parameter is the instance
}

// in returns the scope of a function of the same file, without a known caller.
func (s *scope) in(function int) *scope { return s.m.scope(function) }

// names are the names of a file.
type names struct {
	*module
	imports  map[string]code.Import
	assigned map[int]map[string][]assignment // by function
	members  map[int]map[string][]assignment // by class
	byName   map[string][]int                // functions
	classes  map[string]int
	exports  map[string]code.Export
	scopes   map[int]*scope
	bodies   map[int][]int            // indices of statements by function
	inner    map[int][]int            // indices of functions by the enclosing function
	methods  map[int][]int            // indices of functions by class
	loads    map[string][]code.Import // imports by the files that they load; nil: not asked for
}

// scope returns the scope of a function without a known caller. There is one for each function, so that values can be compared.
func (n *names) scope(function int) *scope {
	if n.scopes[function] == nil {
		n.scopes[function] = &scope{m: n, function: function}
	}
	return n.scopes[function]
}

// assignment is a value of a name, and the property of it if the name is one of a pattern.
type assignment struct {
	value    *code.Expr
	property string
	function int
}

func namesOf(m *module) *names {
	n := &names{
		module: m, imports: map[string]code.Import{}, assigned: map[int]map[string][]assignment{}, members: map[int]map[string][]assignment{},
		byName: map[string][]int{}, classes: map[string]int{}, exports: map[string]code.Export{},
		scopes: map[int]*scope{}, bodies: map[int][]int{}, inner: map[int][]int{}, methods: map[int][]int{},
	}
	for _, i := range m.code.Imports {
		if i.As != "" && !i.IsType {
			n.imports[i.As] = bound(i)
		}
	}
	for i, f := range m.code.Functions {
		n.byName[f.Name] = append(n.byName[f.Name], i)
	}
	for i, c := range m.code.Classes {
		n.classes[c.Name] = i
	}
	for _, e := range m.code.Exports {
		n.exports[e.Name] = e
	}
	for i := range m.code.Statements {
		if s := &m.code.Statements[i]; s.Kind == code.Assign && s.Target != nil && s.Value != nil {
			n.assign(s)
		}
	}
	return n
}

// bound returns what an import binds: `import os.path` in Python binds os.
func bound(i code.Import) code.Import {
	if i.Name == "" && strings.HasPrefix(i.Module, i.As+".") {
		i.Module = i.As
	}
	return i
}

// assign records an assignment.
func (n *names) assign(s *code.Statement) {
	switch t := s.Target; t.Kind { //nolint:exhaustive // others are no names
	case code.Name:
		n.bind(s, t.Text, "")
	case code.Map:
		for i, item := range t.Items {
			if item.Kind == code.Name && i < len(t.Keys) && t.Keys[i] != "" {
				n.bind(s, item.Text, t.Keys[i])
			}
		}
	case code.Member:
		class := n.classOf(s.Function)
		if base := t.Items[0]; class != code.Module && base.Kind == code.Name && n.isSelf(s.Function, base.Text) {
			add(n.members, class, t.Text, assignment{value: s.Value, function: s.Function})
		}
	}
}

func (n *names) bind(s *code.Statement, name, property string) {
	a := assignment{value: s.Value, property: property, function: s.Function}
	function := s.Function
	if s.Class != code.Module {
		add(n.members, s.Class, name, a)
		return
	}
	if n.code.Language != code.Python {
		function = n.declaring(function, name)
	}
	for function != code.Module && slices.Contains(n.code.Functions[function].Globals, name) {
		function = n.code.Functions[function].Parent
		if len(n.assigned[function][name]) > 0 {
			break
		}
	}
	add(n.assigned, function, name, a)
}

// declaring returns the function whose variable a name is in JavaScript: an assignment to one of an enclosing function or of
// the file is no new variable.
func (n *names) declaring(function int, name string) int {
	for f := function; ; f = n.code.Functions[f].Parent {
		if len(n.assigned[f][name]) > 0 {
			return f
		}
		if f == code.Module {
			return function
		}
	}
}

func add(to map[int]map[string][]assignment, key int, name string, a assignment) {
	if to[key] == nil {
		to[key] = map[string][]assignment{}
	}
	to[key][name] = append(to[key][name], a)
}

// classOf returns the class of the method that a function is or is in.
func (n *names) classOf(function int) int {
	for f := function; f != code.Module; f = n.code.Functions[f].Parent {
		if class := n.code.Functions[f].Class; class != code.Module {
			return class
		}
	}
	return code.Module
}

// isSelf reports whether a name is the instance of a method.
func (n *names) isSelf(function int, name string) bool {
	switch n.code.Language {
	case code.Python:
	case code.Go:
		return n.isReceiver(function, name)
	default:
		return name == "this"
	}
	for f := function; f != code.Module; f = n.code.Functions[f].Parent {
		if fn := n.code.Functions[f]; fn.Class != code.Module {
			return len(fn.Parameters) > 0 && fn.Parameters[0] == name && (name == "self" || name == "cls")
		}
	}
	return false
}

// eval returns what an expression can be, of the values that the search follows.
func (c *calls) eval(e *code.Expr, sc *scope) []object {
	if e == nil || !c.enter() {
		return nil
	}
	defer c.leave()
	switch e.Kind { //nolint:exhaustive // others are no such values
	case code.Name:
		return c.evalName(e.Text, sc)
	case code.Member, code.Index:
		if name, ok := memberName(e); ok {
			return c.evalMembers(e.Items[0], name, sc)
		}
	case code.Choice:
		var all []object
		for _, item := range e.Items {
			all = join(all, c.eval(item, sc))
		}
		return all
	case code.Await:
		return c.eval(e.Items[0], sc)
	case code.Map, code.Typed, code.Func:
		return c.evalLiteral(e, sc)
	case code.Unknown:
		return c.evalItems(e, sc)
	case code.Call, code.New:
		return c.evalCall(e, sc)
	}
	return nil
}

// evalItems evaluates the items of a collection that a loop in Python assigns.
func (c *calls) evalItems(e *code.Expr, sc *scope) []object {
	if e.Text != "" || len(e.Items) != 1 || sc.m.code.Language != code.Python {
		return nil
	}
	var all []object
	for _, o := range c.eval(e.Items[0], sc) {
		if c := collectionOf(o.name); o.kind == isResource && c.item != "" {
			o.name, o.input, o.scope = c.item, nil, nil
			all = append(all, o)
		}
	}
	return all
}

// memberName returns the name of a member, also as a literal index: clients["s3"].
func memberName(e *code.Expr) (string, bool) {
	if e.Kind == code.Member {
		return e.Text, true
	}
	if len(e.Items) > 1 && e.Items[1].Kind == code.String {
		return e.Items[1].Text, true
	}
	return "", false
}

// enter counts a step of the search. It is false beyond a limit.
func (c *calls) enter() bool {
	if c.steps > maxSteps || c.depth > maxDepth {
		c.memo.isCut = true
		return false
	}
	c.steps++
	c.depth++
	return true
}

func (c *calls) leave() { c.depth-- }

// join adds values that are not there yet.
func join(all, more []object) []object {
	for _, o := range more {
		if len(all) < maxKinds && !slices.ContainsFunc(all, func(a object) bool { return a == o }) {
			all = append(all, o)
		}
	}
	return all
}

// evalName evaluates a name.
func (c *calls) evalName(name string, sc *scope) []object {
	if class := sc.m.classOf(sc.function); class != code.Module && sc.m.isSelf(sc.function, name) {
		return []object{{kind: isInstance, index: class, scope: sc}}
	}
	for f := sc.function; ; f = sc.m.code.Functions[f].Parent {
		if len(sc.m.assigned[f][name]) > 0 && (f != code.Module || !isImport(sc.m, name)) {
			return c.evalAssigned(f, name, sc)
		}
		if f == code.Module {
			break
		}
		if i := slices.Index(sc.m.code.Functions[f].Parameters, name); i >= 0 {
			return c.evalParameter(f, i, name, sc)
		}
	}
	return c.evalGlobal(name, sc.m)
}

func isImport(m *names, name string) bool {
	_, ok := m.imports[name]
	return ok
}

func isConstructor(name string) bool { return name == "__init__" || name == "constructor" }

// evalGlobal evaluates a name of a file that is no variable of a function.
func (c *calls) evalGlobal(name string, m *names) []object {
	sc := m.scope(code.Module)
	if i, ok := m.imports[name]; ok {
		return c.evalImport(i, m)
	}
	if len(m.assigned[code.Module][name]) > 0 {
		return c.evalAssigned(code.Module, name, sc)
	}
	if class, ok := m.classes[name]; ok {
		return []object{{kind: isClass, index: class, scope: sc}}
	}
	for _, f := range m.byName[name] {
		if fn := m.code.Functions[f]; fn.Class == code.Module && fn.Parent == code.Module {
			return []object{{kind: isFunction, index: f, scope: sc}}
		}
	}
	return c.goSibling(name, m)
}

// evalImport evaluates an imported name.
func (c *calls) evalImport(i code.Import, m *names) []object {
	if !c.enter() {
		return nil
	}
	defer c.leave()
	files := c.localFiles(m.module, i)
	if len(files) == 0 {
		path := strings.TrimSuffix(i.Module+"."+i.Name, ".")
		if i.Name == "*" || i.Name == "default" {
			path = i.Module
		}
		return []object{{kind: isModule, name: path}}
	}
	if m.code.Language == code.Go {
		files = files[:1] // the others are its siblings
	}
	var all []object
	for _, file := range files {
		other := c.names[c.byPath[file]]
		if other == nil {
			continue
		}
		local := object{kind: isLocal, scope: other.scope(code.Module)}
		if i.Name == "" || i.Name == "*" || strings.HasSuffix(strings.TrimSuffix(file, ".py"), "/"+i.Name) {
			all = append(all, local)
			continue
		}
		all = join(all, c.evalExport(i.Name, other))
	}
	return all
}

// evalExport evaluates a name that another file imports.
func (c *calls) evalExport(name string, m *names) []object {
	if m.code.Language == code.Python || m.code.Language == code.Go {
		return c.evalGlobal(name, m)
	}
	e, ok := m.exports[name]
	switch {
	case !ok:
		return c.evalReexported(name, m)
	case e.From != "":
		return c.evalImport(e.Imported(), m)
	case e.Value != nil:
		return c.eval(e.Value, m.scope(code.Module))
	}
	return c.evalGlobal(e.Local, m)
}

// evalMembers evaluates a member of an expression.
func (c *calls) evalMembers(base *code.Expr, name string, sc *scope) []object {
	var all []object
	for _, o := range c.eval(base, sc) {
		all = join(all, c.evalMember(o, name))
	}
	return all
}

func (c *calls) evalMember(o object, name string) []object {
	switch o.kind { //nolint:exhaustive // others have no members of interest
	case isModule:
		if name == "default" {
			return []object{o}
		}
		return []object{{kind: isModule, name: o.name + "." + name, owner: o.owner}}
	case isLocal:
		return c.evalExport(name, o.scope.m)
	case isLiteral:
		if i := slices.Index(o.expr.Keys, name); i >= 0 && i < len(o.expr.Items) {
			return c.eval(o.expr.Items[i], o.scope)
		}
	case isInstance, isClass:
		return c.evalAttribute(o, name)
	case isClient, isResource:
		return memberOf(o, name)
	case isMeta:
		if name == "client" {
			o.kind, o.name = isClient, ""
			return []object{o}
		}
	}
	return nil
}

// memberOf returns a member of a client or a resource.
func memberOf(o object, name string) []object {
	if name == "meta" {
		o.kind = isMeta
		return []object{o}
	}
	member := strings.TrimPrefix(o.name+"."+name, ".")
	if c := collectionOf(member); o.kind == isResource && c.lists != "" && c.service == o.service.name {
		o.name = member
		return []object{o}
	}
	return nil
}

// evalAttribute evaluates an attribute of an instance: what is assigned to it, or a method.
func (c *calls) evalAttribute(o object, name string) []object {
	if !c.enter() {
		return nil
	}
	defer c.leave()
	m := o.scope.m
	if m.code.Language == code.Go {
		return c.goAttribute(o, name)
	}
	if list := m.members[o.index][name]; len(list) > 0 {
		return c.once(question{m: m, kind: ofAttribute, index: o.index, name: name}, func() []object {
			var all []object
			for _, a := range list {
				all = join(all, c.eval(a.value, m.scope(a.function)))
			}
			return all
		})
	}
	for _, f := range m.byName[name] {
		if m.code.Functions[f].Class == o.index {
			return []object{{kind: isFunction, name: "method", index: f, scope: m.scope(f)}}
		}
	}
	for _, base := range m.code.Classes[o.index].Bases {
		for _, parent := range c.eval(base, m.scope(code.Module)) {
			if parent.kind == isClass && parent.index != o.index {
				return c.evalAttribute(parent, name)
			}
		}
	}
	return nil
}

// evalCall evaluates the result of a call.
func (c *calls) evalCall(e *code.Expr, sc *scope) []object {
	if m := sc.m; m.code.Language != code.Python && e.Items[0].Kind == code.Name && e.Items[0].Text == "require" {
		if name := argument(e, "", 0); name != nil && name.Kind == code.String {
			return c.evalImport(code.Import{Module: name.Text, Function: code.Module}, m)
		}
	}
	var all []object
	method := e.Items[0]
	callees, bases := c.evalCallee(method, sc)
	for _, callee := range callees {
		switch callee.kind { //nolint:exhaustive // others cannot be called
		case isModule:
			all = join(all, c.external(callee, e, sc))
		case isClass:
			all = join(all, []object{{kind: isInstance, index: callee.index, scope: callee.scope.m.scope(code.Module)}})
		case isFunction:
			all = join(all, c.results(callee, e, sc))
		}
	}
	for _, base := range bases {
		all = join(all, c.result(base, method.Text, e, sc))
	}
	return all
}

// results evaluates what a function of the package returns.
func (c *calls) results(callee object, call *code.Expr, sc *scope) []object {
	m := callee.scope.m
	if i := slices.IndexFunc(c.running, func(r running) bool { return r.m == m && r.function == callee.index }); i >= 0 {
		c.memo.running = min(c.memo.running, c.running[i].open)
		return nil
	}
	return c.once(question{m: m, kind: ofResult, index: callee.index, call: call, scope: sc}, func() []object {
		c.running = append(c.running, running{m, callee.index, len(c.memo.open)})
		defer func() { c.running = c.running[:len(c.running)-1] }()
		in := &scope{m: m, function: callee.index, call: call, caller: sc, bound: callee.name == "method" && m.code.Language == code.Python}
		var all []object
		for _, value := range c.returned(m, callee.index) {
			all = join(all, c.eval(value, in))
		}
		if results := m.code.Functions[callee.index].Results; len(all) == 0 && len(results) > 0 {
			return c.goTyped(results[0], m)
		}
		return all
	})
}

// running is a function whose results are being evaluated.
type running struct {
	m        *names
	function int
	open     int // number of open questions when it was entered
}

// returned are the values that a function returns.
func (c *calls) returned(m *names, function int) []*code.Expr {
	if c.returns[m] == nil {
		c.returns[m] = map[int][]*code.Expr{}
		for i := range m.code.Statements {
			if s := &m.code.Statements[i]; s.Kind == code.Return && s.Value != nil {
				c.returns[m][s.Function] = append(c.returns[m][s.Function], s.Value)
			}
		}
	}
	return c.returns[m][function]
}
