package handler

import (
	"maps"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// calls finds the operations of AWS services that a program calls.
type calls struct {
	*program
	names     map[*module]*names
	sites     map[string][]site // calls by the last name of the callee
	returns   map[*names]map[int][]*code.Expr
	running   []running
	services  map[string]bool       // IAM prefixes of the services that the code has clients of
	unclear   map[*code.Expr]bool   // clients of services that cannot be determined
	used      map[*code.Expr]bool   // clients of which a call was found
	named     map[string]bool       // members and names in code that runs
	runsIn    map[body]bool         // code that the handler runs
	demands   *demands              // JavaScript; nil: not read yet
	members   map[body]bool         // functions that an object has as members: any file can call them
	reexports map[string][]reexport // by the name of the export, those that no code uses yet
	inner     []body                // functions in expressions, which are not reached yet
	fresh     []string              // names that were mentioned since the last round
	entered   []body                // functions that were reached since the last round

	goOwner    owner              // Go: whose credentials clients use
	goFields   map[string][]field // Go: fields of types that another file of the package declares, by directory, type and name
	siblingsOf map[*names][]*names

	reachedNames map[*names]map[string]bool // as named, by file
	found        []model.SourceCall
	at           map[place]int // the positions in found
	current      *module
	steps        int
	depth        int
	compares     *bool // comparesNames; nil: not read yet
	hasMore      bool  // there may be more calls
	others       bool  // there may be more services
	memo         *memo
}

// site is a call.
type site struct {
	call  *code.Expr
	scope *scope
}

// callsOf finds the code of a program that its handler runs.
func callsOf(p *program) *calls {
	c := &calls{
		program: p, names: map[*module]*names{}, sites: map[string][]site{}, returns: map[*names]map[int][]*code.Expr{}, services: map[string]bool{},
		unclear: map[*code.Expr]bool{}, used: map[*code.Expr]bool{}, named: map[string]bool{}, runsIn: map[body]bool{}, members: map[body]bool{}, reexports: map[string][]reexport{}, at: map[place]int{},
		memo: newMemo(),
	}
	c.others = p.isPartly // a module that a layer adds counts where it is imported
	for _, m := range p.modules {
		c.names[m] = namesOf(m)
	}
	c.goPrepare()
	c.reach()
	c.each(c.index)
	return c
}

// fill reads the calls of a program, the services that it has clients of, and whether it reads variables by computed names.
func (c *calls) fill(at source.Range, out *model.Source) {
	for _, m := range c.modules {
		for _, i := range m.code.Imports {
			c.others = c.others || c.isOther(m, i)
		}
	}
	c.each(c.statement)
	c.reader.spent += c.steps
	if c.steps > maxSteps {
		c.exceeds("the limit of 200,000 steps to follow its values; the calls that it makes are incomplete")
		c.others = true
	}
	c.others = c.others || len(c.unclear) > 0
	c.hasMore = c.hasMore || c.others
	services := make([]model.Value[string], 0, len(c.services))
	for _, prefix := range slices.Sorted(maps.Keys(c.services)) {
		services = append(services, model.Known(prefix, at))
	}
	const cause = "the code may call services in a way that cannot be determined"
	out.Calls, out.Services = model.NewList(at, c.found...), model.NewList(at, services...)
	if c.hasMore {
		out.Calls = model.UnknownList(at, cause, c.found...)
	}
	if c.others {
		out.Services = model.UnknownList(at, cause, services...)
	}
	out.ReadsAll = c.readsAll(at)
}

// isOther reports whether an import may load code that calls AWS and is not read.
func (c *calls) isOther(m *module, i code.Import) bool {
	if i.IsType || i.Function != code.Module && !c.enters(m, i.Function) || len(c.localFiles(m, i)) > 0 {
		return false
	}
	return i.Module == "" || strings.HasPrefix(i.Module, ".") || isOwnClient(m, i) || m.code.Language == code.Go && i.Name == "*"
}

// each visits the expressions of the code that runs.
func (c *calls) each(visit func(s *code.Statement, e *code.Expr, sc *scope)) {
	for _, m := range c.modules {
		c.current = m
		n := c.names[m]
		for i := range m.code.Statements {
			s := &m.code.Statements[i]
			if !c.enters(m, s.Function) {
				continue
			}
			sc := n.scope(s.Function)
			for e := range s.Expressions() {
				visit(s, e, sc)
			}
		}
	}
}

// index records calls of functions.
func (c *calls) index(_ *code.Statement, e *code.Expr, sc *scope) {
	if e.Kind != code.Call && e.Kind != code.New {
		return
	}
	if callee := e.Items[0]; callee.Kind == code.Name || callee.Kind == code.Member {
		c.sites[callee.Text] = append(c.sites[callee.Text], site{e, sc})
	}
}

// statement reads the calls of a statement.
func (c *calls) statement(s *code.Statement, e *code.Expr, sc *scope) {
	if e.Kind != code.Call && e.Kind != code.New {
		if _, isLiteral := memberName(e); e.Kind == code.Index && !isLiteral && c.hasClient(e.Items[0], sc) {
			c.hasMore = true // client[operation]
		}
		return
	}
	callee := e.Items[0]
	for _, o := range c.eval(callee, sc) {
		if o.kind == isModule {
			c.function(o.name, s, e, sc)
		}
	}
	switch callee.Kind { //nolint:exhaustive // others are evaluated below
	case code.Name:
		c.dynamic(callee.Text, e, sc)
	case code.Member:
		c.onBases(c.eval(callee.Items[0], sc), s, e, sc)
	}
	c.eval(e, sc)
	c.passed(e, sc)
}

// onBases reads the call of a method of what its base can be.
func (c *calls) onBases(bases []object, s *code.Statement, e *code.Expr, sc *scope) {
	switch {
	case sc.m.code.Language == code.Go:
		c.goCall(bases, s, e, sc)
		return
	case areDifferent(bases):
		c.hasMore = true
		return
	}
	for _, base := range bases {
		c.method(base, e.Items[0].Text, s, e, sc)
	}
}

// areDifferent reports whether clients are of several services.
func areDifferent(clients []object) bool {
	name := ""
	for _, o := range clients {
		if of := o.service.name; of != "" {
			if name != "" && of != name {
				return true
			}
			name = of
		}
	}
	return false
}

// dynamic reads calls that can call anything.
func (c *calls) dynamic(name string, e *code.Expr, sc *scope) {
	switch name {
	case "eval", "exec", "__import__":
		c.others = true
	case "getattr":
		if first := argument(e, "", 0); first != nil && c.hasClient(first, sc) {
			c.hasMore = true
		}
	}
}

func (c *calls) hasClient(e *code.Expr, sc *scope) bool {
	return slices.ContainsFunc(c.eval(e, sc), func(o object) bool {
		return o.kind == isClient || o.kind == isResource || o.kind == isDocument || o.kind == isMeta
	})
}

// passed reads clients that are arguments of functions of others, which may call any operation.
func (c *calls) passed(e *code.Expr, sc *scope) {
	for _, item := range e.Items[1:] {
		if item.Kind != code.Name && item.Kind != code.Member || !c.hasClient(item, sc) {
			continue
		}
		for _, o := range c.eval(e.Items[0], sc) {
			if o.kind == isFunction || o.kind == isClass || o.kind == isModule && (wraps(lastName(o.name)) || strings.HasPrefix(o.name, "@aws-sdk/") || isGoSDK(o.name)) {
				return
			}
		}
		c.hasMore = true
		return
	}
}

// call records a call of an operation. input: what names the resource, in the scope.
func (c *calls) call(base object, operation string, s *code.Statement, e, input *code.Expr, sc *scope) {
	name, actions, ok := base.service.operation(operation)
	if !ok {
		c.hasMore = true
		return
	}
	c.services[base.service.prefix] = true
	if base.made != nil {
		c.used[base.made] = true
	}
	at := c.current.at(e.Range)
	key := place{at, name}
	if i, again := c.at[key]; again {
		if _, known := c.found[i].OwnCredentials.Get(); !known && base.owner == ofRole { // beside a client for local tests
			c.found[i].OwnCredentials = model.Known(false, at)
		}
		return
	}
	c.at[key] = len(c.found)
	found := model.SourceCall{
		Block: model.NewBlock(at), Service: model.Known(base.service.prefix, at), Operation: model.Known(name, at),
		Load: model.Known(s.Function == code.Module, at), Handled: model.Known(c.isHandled(s), at),
		Actions: model.NewList[model.Value[string]](at), OwnCredentials: model.Known(base.owner == ofOthers, at),
	}
	for _, action := range actions {
		found.Actions.Items = append(found.Actions.Items, model.Known(action, at))
	}
	if base.owner == ofUnknown {
		found.OwnCredentials = model.Unknown[bool](at, "the credentials of the client cannot be determined")
	}
	named, within := c.resource(base, e, input, sc)
	if literal, variable := c.text(named, within); literal != "" {
		found.Resource = model.Known(literal, at)
	} else if variable != "" {
		found.Variable = model.Known(variable, at)
	}
	found.OfEvent = model.Known(isBucketOfEvent(named, within) && !c.comparesNames(), at)
	c.found = append(c.found, found)
}

// place is a call of an operation.
type place struct {
	at        source.Range
	operation string
}

// isHandled reports whether an exception of a statement may be caught and not raised again.
func (c *calls) isHandled(s *code.Statement) bool {
	if c.current.code.Language == code.Go && s.Kind == code.Evaluate {
		return true // the error is not used
	}
	for t := s.Try; t != code.Module; t = c.current.code.Tries[t].Outer {
		if slices.ContainsFunc(c.current.code.Tries[t].Catches, func(caught code.Catch) bool { return !caught.Raises }) {
			return true
		}
	}
	return false
}
