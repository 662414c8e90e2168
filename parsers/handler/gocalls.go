package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

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

// isNamedBySibling reports whether another file of the package mentions a name of a file.
func (c *calls) isNamedBySibling(n *names, name string) bool {
	return slices.ContainsFunc(c.siblingNames(n), func(other *names) bool { return c.reachedNames[other][name] })
}
