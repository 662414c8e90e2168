package python

import (
	"strings"

	"lintel/parsers/handler/code"
)

// imports parses an import statement.
func (r *reader) imports() {
	if r.accept(kwImport) {
		r.modules()
		return
	}
	r.i++ // from
	module := r.module()
	r.expect(kwImport)
	isOpen := r.accept(leftParen)
	for !r.failed && r.peek() != rightParen && r.peek() != end {
		start := r.startOf()
		if r.accept(star) {
			r.imported(code.Import{Module: module, Name: "*"}, start)
		} else {
			member := r.identifier()
			r.imported(code.Import{Module: module, Name: member, As: r.alias(member)}, start)
		}
		if !r.accept(comma) {
			break
		}
	}
	if isOpen {
		r.expect(rightParen)
	}
}

func (r *reader) modules() {
	for {
		start := r.startOf()
		module := r.dotted()
		local, _, _ := strings.Cut(module, ".")
		r.imported(code.Import{Module: module, As: r.alias(local)}, start)
		if !r.accept(comma) {
			return
		}
	}
}

// imported adds an import.
func (r *reader) imported(i code.Import, start int) {
	i.IsType, i.Function, i.Try, i.InBranch = r.scope.typing, r.scope.function, r.scope.try, r.scope.branch
	i.Range = code.Range{Start: start, End: r.endOf()}
	r.file.Imports = append(r.file.Imports, i)
}

// alias parses an optional local name.
func (r *reader) alias(otherwise string) string {
	if r.accept(kwAs) {
		return r.identifier()
	}
	return otherwise
}

// identifier parses a name.
func (r *reader) identifier() string {
	t := r.tokens[r.i]
	r.expect(name)
	return r.text(t)
}

// module parses the name of a module with leading dots.
func (r *reader) module() string {
	dots := 0
	for r.peek() == dot || r.peek() == ellipsis {
		t := r.take()
		dots += t.end - t.start
	}
	prefix := strings.Repeat(".", dots)
	if dots > 0 && r.peek() == kwImport {
		return prefix
	}
	return prefix + r.dotted()
}

// dotted parses names with dots between.
func (r *reader) dotted() string {
	start := r.startOf()
	module := r.identifier()
	if r.peek() != dot {
		return module
	}
	for r.accept(dot) {
		r.identifier()
	}
	module = r.src[start:max(start, r.endOf())]
	if strings.ContainsAny(module, " \t\\") {
		module = strings.Join(strings.FieldsFunc(module, func(c rune) bool { return strings.ContainsRune(" \t\\\r\n", c) }), "")
	}
	return module
}
