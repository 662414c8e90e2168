// Package rego evaluates rules that were planned when lintel was built. It knows nothing of OPA: a
// program is what package policy makes of OPA's intermediate representation, and its values are its
// own, made for the model: objects with few names, and strings that are not copied.
//
// An evaluation has two modes. The usual one returns what a rule finds. The other returns what a rule
// may find, with a node on which that depends: a value that is unknown may be any value.
package rego

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Op is the operation of a statement.
type Op uint8

// The operations. A statement that has no result leaves its block.
const (
	OpReturn      Op = iota // return A
	OpCall                  // Target = Function(Args)
	OpBuiltin               // Target = built-in N(Args)
	OpBlock                 // Blocks, one after the other
	OpBreak                 // leave N blocks around this one, too
	OpDot                   // Target = A[B]
	OpLen                   // Target = number of elements of A
	OpScan                  // for Key, Target of A: Blocks[0]
	OpNot                   // has a result if Blocks[0] has none
	OpAssign                // Target = A
	OpAssignOnce            // Target = A; fails if it has another value already
	OpReset                 // Target is undefined
	OpMakeArray             // Target = [], with room for N
	OpMakeObject            // Target = {}
	OpMakeSet               // Target = set()
	OpEqual                 // A == B
	OpNotEqual              // A != B
	OpIsArray               // A is an array
	OpIsObject              // A is an object
	OpIsSet                 // A is a set
	OpIsDefined             // A has a value
	OpIsUndefined           // A has no value
	OpAppend                // append A to the array Target
	OpInsert                // Target[B] = C; N 1: fails if the key has another value already
	OpAdd                   // add A to the set Target
)

// Operand is a local variable, or a constant.
type Operand int32

// Local is the operand for a local variable, Constant the one for a constant, by their numbers.
func Local(n int32) Operand { return Operand(n) }

// Constant is the operand for a constant of the program.
func Constant(n int32) Operand { return Operand(^n) }

// Statement is one step of a function. The operation decides which fields it uses.
type Statement struct {
	Op      Op
	Target  int32 // local
	Key     int32 // local
	N       int32
	A, B, C Operand
	Args    []Operand
	Blocks  []Block

	Function string // name of the function that is called

	builtin builtin
	callee  *Function
}

// Block is a list of statements. The first without a result leaves it.
type Block []Statement

// Function is a rule, or a function of the policy. Its first two parameters are the input and the data.
type Function struct {
	Name   string
	Locals int32 // number of local variables, parameters included
	Params []int32
	Blocks []Block

	constants []Value
	number    int32 // position in the program
}

// isRule reports whether the function depends on the input and the data alone.
func (f *Function) isRule() bool { return len(f.Params) == documents }

// documents are the parameters that every function has: the input and the data.
const documents = 2

// Program is a set of functions. It is safe for concurrent use.
type Program struct {
	data     Value
	patterns patterns

	mu        sync.RWMutex
	listings  map[string]string // by the names of functions
	functions map[string]*Function
}

// Load makes a program of listings, and the data that its functions share. A function is read when it
// is called first.
func Load(data Value, listings ...string) *Program {
	p := &Program{data: data, listings: map[string]string{}, functions: map[string]*Function{}}
	for _, listing := range listings {
		for _, f := range strings.Split("\n"+listing, "\nfunc ")[1:] {
			name, _, _ := strings.Cut(f, " ")
			p.listings[name] = f
		}
	}
	return p
}

// function returns a function by its name.
func (p *Program) function(name string) (*Function, error) {
	p.mu.RLock()
	f, ok := p.functions[name]
	p.mu.RUnlock()
	if ok {
		return f, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.load(name)
}

// load reads a function and all that it calls. The caller holds mu.
func (p *Program) load(name string) (*Function, error) {
	if f, ok := p.functions[name]; ok {
		return f, nil
	}
	listing, ok := p.listings[name]
	if !ok {
		return nil, fmt.Errorf("there is no function %s", name)
	}
	r := reader{text: listing, known: map[string]Operand{}}
	f := r.function()
	if r.err != nil {
		return nil, fmt.Errorf("function %s: %w", name, r.err)
	}
	f.number = int32(len(p.functions)) //nolint:gosec // functions are few
	p.functions[name] = f
	var err error
	f.each(func(s *Statement) {
		if s.Op == OpCall && err == nil {
			s.callee, err = p.load(s.Function)
		}
	})
	return f, err
}

// each calls do for all statements of a function.
func (f *Function) each(do func(s *Statement)) {
	var within func(blocks []Block)
	within = func(blocks []Block) {
		for _, b := range blocks {
			for i := range b {
				do(&b[i])
				within(b[i].Blocks)
			}
		}
	}
	within(f.Blocks)
}

// Names returns the names of all functions, sorted.
func (p *Program) Names() []string { return slices.Sorted(maps.Keys(p.listings)) }

// Has reports whether the program has a function.
func (p *Program) Has(name string) bool { _, ok := p.listings[name]; return ok }
