package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// Paths of the packages of the SDKs for Go.
const (
	goSDK1 = "github.com/aws/aws-sdk-go/"
	goSDK2 = "github.com/aws/aws-sdk-go-v2/"
)

func isGoSDK(name string) bool {
	return strings.HasPrefix(name, goSDK1) || strings.HasPrefix(name, goSDK2)
}

// goService returns the service of a package of an SDK for Go, such as github.com/aws/aws-sdk-go-v2/service/s3 or
// github.com/aws/aws-sdk-go/service/s3/s3iface. isPlain: a package of types or helpers, without clients.
func goService(module string) (s service, isPlain, ok bool) {
	_, rest, isService := strings.Cut(module, "/service/")
	if !isGoSDK(module) || !isService {
		return service{}, false, false
	}
	name, inner, _ := strings.Cut(rest, "/")
	isPlain = inner != "" && inner != name+"iface"
	s, ok = serviceByID(name)
	return s, isPlain, ok
}

// goClient returns the name of the service whose client a function creates.
func goClient(callee string) (string, bool) {
	i := strings.LastIndex(callee, ".")
	if i < 0 || callee[i+1:] != "New" && callee[i+1:] != "NewFromConfig" {
		return "", false
	}
	s, isPlain, ok := goService(callee[:i])
	return s.name, ok && !isPlain
}

// goMade evaluates a function of an SDK that creates a client.
func (c *calls) goMade(name string, e *code.Expr) []object {
	i := strings.LastIndex(name, ".")
	if i < 0 {
		return nil
	}
	module, function := name[:i], name[i+1:]
	if s, isManager := goManager(module); isManager && strings.HasPrefix(function, "New") {
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner, made: e}}
	}
	s, isPlain, ok := goService(module)
	switch {
	case isPlain:
		return nil
	case strings.HasPrefix(function, "New") && strings.Contains(module, "/service/") && isGoSDK(module) && !ok:
		c.unclear[e] = true
		return nil
	case ok && slices.Contains([]string{"New", "NewFromConfig", "NewPresignClient"}, function):
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner, made: e}}
	}
	return nil
}

// goManager returns the service of a package that transfers files: feature/s3/manager, service/s3/s3manager.
func goManager(module string) (service, bool) {
	if !isGoSDK(module) || !slices.Contains([]string{"s3manager", "manager", "transfermanager"}, path.Base(module)) {
		return service{}, false
	}
	return serviceByName("s3")
}

// goPrepare finds whose credentials the clients of a program use, and what is assigned to the fields of its types.
//
// They are those of the role unless the program names others or another endpoint, or does not load the configuration itself.
func (c *calls) goPrepare() {
	if c.language != code.Go {
		return
	}
	c.goOwner = ofUnknown
	for _, m := range c.modules {
		for _, i := range m.code.Imports {
			if i.Module == goSDK2+"config" || i.Module == goSDK1+"aws/session" {
				c.goOwner = ofRole
			}
		}
	}
	for _, m := range c.modules {
		c.goOptions(m)
	}
}

// goOptions reads what a file sets.
func (c *calls) goOptions(m *module) {
	for _, i := range m.code.Imports {
		if isGoSDK(i.Module) && strings.Contains(i.Module, "/credentials") {
			c.goOwner = ofUnknown
		}
	}
	for i := range m.code.Statements {
		s := &m.code.Statements[i]
		for e := range s.Expressions() {
			c.goOption(c.names[m], s.Function, e)
		}
	}
}

// goOption reads options of clients, and fields of literals of the types of a package.
func (c *calls) goOption(n *names, function int, e *code.Expr) {
	switch e.Kind { //nolint:exhaustive // others are no options
	case code.Member:
		if setsOwner(e.Text) {
			c.goOwner = ofUnknown
		}
	case code.Map:
		for i, key := range e.Keys {
			if setsOwner(key) && isGoSDK(n.imports[beforeDot(e.Text)].Module) {
				c.goOwner = ofUnknown
			}
			if key != "" && e.Text != "" && !strings.Contains(e.Text, ".") {
				c.goField(n, e.Text, key, assignment{value: e.Items[i], function: function})
			}
		}
	}
}

// goField adds the value of a field of a type of the package.
func (c *calls) goField(n *names, of, key string, a assignment) {
	if class, ok := n.classes[of]; ok {
		add(n.members, class, key, a)
		return
	}
	c.goFieldOfSibling(n, of, key, a)
}

// setsOwner reports whether an option, field or method of an SDK has other credentials or another endpoint than that of the role.
func setsOwner(name string) bool {
	return slices.Contains([]string{
		"Credentials", "WithCredentials", "WithCredentialsProvider", "WithSharedConfigProfile", "Profile", "WithAssumeRoleCredentialOptions",
		"WithSharedCredentialsFiles", "WithSharedConfigFiles", "Endpoint", "WithEndpoint", "WithEndpointResolver", "WithEndpointResolverWithOptions",
		"EndpointResolver", "EndpointResolverV2", "EndpointResolverWithOptions", "BaseEndpoint", "WithBaseEndpoint", "NewAssumeRoleProvider", "NewStaticCredentials",
		"NewStaticCredentialsProvider",
	}, name)
}

// field is the value of a field in a literal whose type is declared in another file of the package.
type field struct {
	class, name string
	from        *names
	assignment
}

func (c *calls) goFieldOfSibling(n *names, class, name string, a assignment) {
	key := path.Dir(n.path) + "\x00" + class + "\x00" + name
	if c.goFields == nil {
		c.goFields = map[string][]field{}
	}
	if len(c.goFields[key]) < maxKinds {
		c.goFields[key] = append(c.goFields[key], field{class, name, n, a})
	}
}

// goLiteral evaluates a literal of a struct: the input of an operation, or an instance of a type of the package.
func (c *calls) goLiteral(e *code.Expr, sc *scope) []object {
	local, name, isQualified := strings.Cut(e.Text, ".")
	if !isQualified {
		if class, ok := sc.m.classes[e.Text]; ok {
			return []object{{kind: isInstance, index: class, scope: sc.m.scope(code.Module)}}
		}
		return append(c.goTyped(e.Text, sc.m), object{kind: isLiteral, expr: e, scope: sc})
	}
	if s, _, ok := goService(sc.m.imports[local].Module); ok {
		return []object{{kind: isLiteral, name: name, service: s, expr: e, scope: sc}}
	}
	if all := c.goTyped(e.Text, sc.m); len(all) > 0 {
		return all
	}
	return []object{{kind: isLiteral, expr: e, scope: sc}}
}

// goTyped evaluates a value of which only the type is known: a client, the input of an operation, or an instance of a type of
// the package or of one that it imports.
func (c *calls) goTyped(name string, m *names) []object {
	local, member, isQualified := strings.Cut(name, ".")
	if !isQualified {
		if name == "" {
			return nil
		}
		if class, ok := m.classes[name]; ok {
			return []object{{kind: isInstance, index: class, scope: m.scope(code.Module)}}
		}
		for _, other := range c.siblingNames(m) {
			if class, ok := other.classes[name]; ok {
				return []object{{kind: isInstance, index: class, scope: other.scope(code.Module)}}
			}
		}
		return nil
	}
	i, ok := m.imports[local]
	if !ok {
		return nil
	}
	if files := c.localFiles(m.module, i); len(files) > 0 {
		if other := c.names[c.byPath[files[0]]]; other != nil {
			return c.goTyped(member, other)
		}
		return nil
	}
	return c.goTypeOfSDK(i.Module, member)
}

// goTypeOfSDK evaluates a value of a type of an SDK.
func (c *calls) goTypeOfSDK(module, name string) []object {
	if s, isManager := goManager(module); isManager {
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner}}
	}
	s, isPlain, ok := goService(module)
	if !ok || isPlain {
		return nil
	}
	if operation, isInput := strings.CutSuffix(name, "Input"); isInput {
		return []object{{kind: isCommand, name: operation, service: s}}
	}
	base := strings.TrimSuffix(path.Base(module), "iface")
	if name == "Client" || name == "PresignClient" || strings.EqualFold(name, base) || strings.EqualFold(name, base+"API") || strings.HasSuffix(name, "API") && base != path.Base(module) {
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner}}
	}
	return nil
}

// siblingNames returns the names of the other files of the package of a file in Go.
func (c *calls) siblingNames(m *names) []*names {
	if m.code.Language != code.Go {
		return nil
	}
	if all, ok := c.siblingsOf[m]; ok {
		return all
	}
	var all []*names
	for _, other := range c.siblings(m.module) {
		all = append(all, c.names[other])
	}
	if c.siblingsOf == nil {
		c.siblingsOf = map[*names][]*names{}
	}
	c.siblingsOf[m] = all
	return all
}

// goSibling evaluates a name that another file of the package declares.
func (c *calls) goSibling(name string, m *names) []object {
	for _, other := range c.siblingNames(m) {
		sc := other.scope(code.Module)
		if len(other.assigned[code.Module][name]) > 0 {
			return c.evalAssigned(code.Module, name, sc)
		}
		if class, ok := other.classes[name]; ok {
			return []object{{kind: isClass, index: class, scope: sc}}
		}
		for _, f := range other.byName[name] {
			if fn := other.code.Functions[f]; fn.Class == code.Module && fn.Parent == code.Module {
				return []object{{kind: isFunction, index: f, scope: sc}}
			}
		}
	}
	return nil
}

// goAttribute evaluates a field or a method of an instance.
func (c *calls) goAttribute(o object, name string) []object {
	m := o.scope.m
	class := m.code.Classes[o.index].Name
	files := append([]*names{m}, c.siblingNames(m)...)
	var all []object
	for _, n := range files {
		index, ok := n.classes[class]
		if !ok {
			continue
		}
		for _, a := range n.members[index][name] {
			all = join(all, c.eval(a.value, n.scope(a.function)))
		}
		for _, f := range n.byName[name] {
			if n.code.Functions[f].Class == index {
				return []object{{kind: isFunction, name: "method", index: f, scope: n.scope(f)}}
			}
		}
	}
	for _, f := range c.goFields[path.Dir(m.path)+"\x00"+class+"\x00"+name] {
		all = join(all, c.eval(f.value, f.from.scope(f.function)))
	}
	if len(all) > 0 {
		return all
	}
	return c.goDeclared(files, class, name)
}

// goDeclared evaluates a field by its declared type, or a member of an embedded type.
func (c *calls) goDeclared(files []*names, class, name string) []object {
	for _, n := range files {
		index, ok := n.classes[class]
		if !ok {
			continue
		}
		for _, f := range n.code.Classes[index].Fields {
			if f.Name == name {
				return c.goTyped(f.Type, n)
			}
		}
		for _, base := range n.code.Classes[index].Bases {
			text, _ := base.Path()
			if lastName(text) == name {
				return c.goTyped(text, n)
			}
			for _, o := range c.goTyped(text, n) {
				if o.kind == isClient {
					return []object{o} // the method is that of the client
				}
				if all := c.evalMember(o, name); len(all) > 0 {
					return all
				}
			}
		}
	}
	return nil
}

// isReceiver reports whether a name is the receiver of the method that a function is or is in.
func (n *names) isReceiver(function int, name string) bool {
	for f := function; f != code.Module; f = n.code.Functions[f].Parent {
		fn := &n.code.Functions[f]
		if slices.Contains(fn.Parameters, name) {
			return false
		}
		if fn.Class != code.Module {
			return fn.Receiver == name
		}
	}
	return false
}

// goCall reads the call of a method.
func (c *calls) goCall(bases []object, s *code.Statement, e *code.Expr, sc *scope) {
	method := e.Items[0].Text
	for _, base := range bases {
		if base.kind == isClient {
			c.goMethod(base, method, s, e, sc)
			return
		}
		if base.kind == isInstance {
			if embedded := c.evalMember(base, method); len(embedded) == 1 && embedded[0].kind == isClient {
				c.goMethod(embedded[0], method, s, e, sc)
				return
			}
		}
	}
	for _, o := range c.goInputs(e, sc) {
		if strings.HasPrefix(method, o.name) {
			c.services[o.service.prefix] = true
			c.goMethod(object{kind: isClient, service: o.service, owner: c.goOwner}, method, s, e, sc)
			return
		}
	}
}

// goInputs returns the inputs of operations among the arguments of a call, with the names of the operations.
func (c *calls) goInputs(e *code.Expr, sc *scope) []object {
	var all []object
	for _, item := range e.Items[1:min(len(e.Items), maxInputs)] {
		for _, o := range c.eval(item, sc) {
			switch {
			case o.kind == isLiteral && o.service.name != "" && strings.HasSuffix(o.name, "Input"):
				o.name = strings.TrimSuffix(o.name, "Input")
				all = append(all, o)
			case o.kind == isCommand:
				all = append(all, o)
			}
		}
	}
	return all
}

const maxInputs = 5 // arguments of a call that may be the input, and the function

// goMethod reads the call of a method of a client.
func (c *calls) goMethod(base object, method string, s *code.Statement, e *code.Expr, sc *scope) {
	var input *code.Expr
	for _, item := range e.Items[1:min(len(e.Items), maxInputs)] {
		if slices.ContainsFunc(c.eval(item, sc), func(o object) bool { return o.kind == isLiteral && o.service.name != "" }) {
			input = item
			break
		}
	}
	if operation := managed(base, method); operation != "" {
		c.call(base, operation, s, e, input, sc)
		return
	}
	if !isExported(method) || slices.Contains([]string{"Options", "AddDebugHandlers", "NewRequest"}, method) {
		return
	}
	c.call(base, goOperation(base.service, method), s, e, input, sc)
}

func isExported(name string) bool { return name != "" && name[0] >= 'A' && name[0] <= 'Z' }

// managed returns the operation of a method that uploads or downloads files.
func managed(base object, method string) string {
	if base.service.name != "s3" {
		return ""
	}
	switch strings.TrimSuffix(method, "WithContext") {
	case "Upload", "UploadWithIterator", "UploadObject", "PresignPostObject":
		return "PutObject"
	case "Download", "DownloadWithIterator", "DownloadObject":
		return "GetObject"
	}
	return ""
}

// goOperation returns the operation of a method of a client. Version 1 of the SDK has variants of each; presigned requests need
// the permission of the operation.
func goOperation(s service, method string) string {
	method = strings.TrimPrefix(method, "Presign")
	if _, _, ok := s.operation(method); ok {
		return method
	}
	method = strings.TrimSuffix(method, "WithContext")
	if waiter, ok := strings.CutPrefix(method, "WaitUntil"); ok {
		return s.waiter(waiter)
	}
	return strings.TrimSuffix(strings.TrimSuffix(method, "Pages"), "Request")
}

// goFunction reads the call of a function of others: paginators and waiters of version 2 of the SDK, and programs.
func (c *calls) goFunction(name string, s *code.Statement, e *code.Expr, sc *scope) {
	i := strings.LastIndex(name, ".")
	if i < 0 {
		return
	}
	module, function := name[:i], name[i+1:]
	if module == "os/exec" || module == "plugin" || name == "syscall.Exec" {
		c.others = true
		return
	}
	of, isPlain, ok := goService(module)
	if !ok || isPlain {
		return
	}
	operation := ""
	if paginator, isPaginator := strings.CutSuffix(function, "Paginator"); isPaginator {
		operation = strings.TrimPrefix(paginator, "New")
	} else if waiter, isWaiter := strings.CutSuffix(function, "Waiter"); isWaiter {
		operation = of.waiter(strings.TrimPrefix(waiter, "New"))
	} else {
		return
	}
	var input *code.Expr
	if len(e.Items) > 2 { //nolint:mnd // the function, the client and the input
		input = e.Items[2]
	}
	c.services[of.prefix] = true
	c.call(object{service: of, owner: c.goOwner}, operation, s, e, input, sc)
}

// goText returns the text of a call that wraps a string: aws.String(name), aws.ToString(name), string(name).
func (c *calls) goText(e *code.Expr, sc *scope) (literal, variable string) {
	if sc.m.code.Language != code.Go || len(e.Items) != 2 { //nolint:mnd // the function and the string
		return "", ""
	}
	name, _ := e.Items[0].Path()
	base, member, _ := strings.Cut(name, ".")
	if name == "string" || isGoSDK(sc.m.imports[base].Module) && slices.Contains([]string{"String", "ToString", "StringValue"}, member) {
		return c.text(e.Items[1], sc)
	}
	return "", ""
}

// goTextOfMember returns the text of a name of another package of the module, or of a field that is assigned once.
func (c *calls) goTextOfMember(e *code.Expr, sc *scope) (literal, variable string) {
	base := e.Items[0]
	if base.Kind == code.Name {
		if i, ok := sc.m.imports[base.Text]; ok {
			if files := c.localFiles(sc.m.module, i); len(files) > 0 && c.names[c.byPath[files[0]]] != nil {
				return c.text(&code.Expr{Kind: code.Name, Text: e.Text}, c.names[c.byPath[files[0]]].scope(code.Module))
			}
			return "", ""
		}
	}
	for _, o := range c.eval(base, sc) {
		if o.kind != isInstance {
			continue
		}
		if list := o.scope.m.members[o.index][e.Text]; len(list) == 1 {
			return c.text(list[0].value, o.scope.m.scope(list[0].function))
		}
	}
	return "", ""
}

// goTextOfSibling returns the text of a name that another file of the package declares.
func (c *calls) goTextOfSibling(name string, m *names) (literal, variable string) {
	for _, other := range c.siblingNames(m) {
		if list := other.assigned[code.Module][name]; len(list) == 1 {
			return c.text(list[0].value, other.scope(code.Module))
		}
	}
	return "", ""
}

// isNamedBySibling reports whether another file of the package mentions a name of a file.
func (c *calls) isNamedBySibling(n *names, name string) bool {
	return slices.ContainsFunc(c.siblingNames(n), func(other *names) bool { return c.reachedNames[other][name] })
}
