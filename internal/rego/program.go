// Package rego evaluates rules that were planned when lintel was built. It knows nothing of OPA: a
// program is what package policy makes of OPA's intermediate representation, and its values are its
// own, made for the model: objects with few names, and strings that are not copied.
//
// An evaluation has two modes. The usual one returns what a rule finds. The other returns what a rule
// may find, with a node on which that depends: a value that is unknown may be any value.
package rego

import (
	"errors"
	"fmt"
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
	OpDot                   // Target = A[B], and so on with Args
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
	Assigns bool  // sets its locals as OpAssign does, see Fuse
	Tests   bool  // has no result if what it makes is false, see Fuse
	builds  bool  // looks for a key of an object to add to what it has there, see lookUpToAdd
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

	constants  []Value
	number     int32 // position in the program
	isRecalled bool  // what its calls return is remembered, see Evaluation.callOf

	program *Program
	body    string // listing of the blocks until they are read
	reading sync.Once
	broken  error // why the blocks cannot be read
	judging sync.Once
	pure    bool // its result depends on its own arguments alone, not on the input
}

// isRule reports whether the function depends on the input and the data alone.
func (f *Function) isRule() bool { return len(f.Params) == documents }

// documents are the parameters that every function has: the input and the data.
const documents = 2

// Program is a set of functions. It is safe for concurrent use.
type Program struct {
	listing  func(function string) (string, error)
	data     func(key string) (Value, error)
	patterns patterns
	results  results
	readers  sync.Pool // of *reader
	memories sync.Pool // of *memory

	mu        sync.RWMutex
	listings  map[string]string // of functions, without the word func, by their names
	functions map[string]*Function
	values    map[string]Value // of the data, by their keys
}

// Load makes a program. listing returns a text with the listing of a function, and maybe of others, and
// data the value of a key of the data; both are called when a function is needed first.
func Load(listing func(function string) (string, error), data func(key string) (Value, error)) *Program {
	return &Program{listing: listing, data: data, listings: map[string]string{}, functions: map[string]*Function{}, values: map[string]Value{}}
}

// find returns the listing of a function. The caller holds mu.
func (p *Program) find(name string) (string, error) {
	if text, ok := p.listings[name]; ok {
		return text, nil
	}
	texts, err := p.listing(name)
	if err != nil {
		return "", err
	}
	for _, text := range strings.Split("\n"+texts, "\nfunc ")[1:] {
		first, _, _ := strings.Cut(text, " ")
		p.listings[first] = text
	}
	text, ok := p.listings[name]
	if !ok {
		return "", fmt.Errorf("there is no function %s", name)
	}
	return text, nil
}

// function returns a function by its name. Its blocks are read when it is called first: an evaluation needs few of the functions
// that its rules name.
func (p *Program) function(name string) (*Function, error) {
	p.mu.RLock()
	f, ok := p.functions[name]
	p.mu.RUnlock()
	if ok {
		return f, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if f, ok := p.functions[name]; ok {
		return f, nil
	}
	listing, err := p.find(name)
	if err != nil {
		return nil, err
	}
	head, body, _ := strings.Cut(listing, "\n")
	r := reader{text: head}
	f = r.head()
	if r.err == nil && len(f.Params) < documents {
		r.err = errDamaged
	}
	if r.err != nil {
		return nil, fmt.Errorf("function %s: %w", name, r.err)
	}
	f.program, f.body = p, body
	f.number = int32(len(p.functions)) //nolint:gosec // functions are few
	p.functions[name] = f
	return f, nil
}

// read reads the blocks of a function, unless it has done so before.
func (f *Function) read() error {
	f.reading.Do(func() {
		if f.broken = f.readBlocks(); f.broken != nil {
			f.broken = fmt.Errorf("function %s: %w", f.Name, f.broken)
		}
		f.body = ""
	})
	return f.broken
}

// canCall reads a function that is called. It is false if that fails, and the evaluation with it.
func (e *Evaluation) canCall(f *Function) bool {
	err := f.read()
	if err != nil {
		e.fail(err)
	}
	return err == nil
}

func (f *Function) readBlocks() error {
	used, ok := f.program.readers.Get().(*reader)
	if !ok {
		used = new(reader)
	}
	defer f.program.readers.Put(used)
	r := used.again(f.body)
	f.Blocks, f.constants = r.functionBlocks(), r.constants
	if r.err == nil {
		r.err = f.check()
	}
	if r.err != nil {
		return r.err
	}
	var err error
	statements := 0
	defer func() {
		n := len(f.Params) - documents
		f.isRecalled = statements > fewSteps && n > 0 && n <= maxRecalled
	}()
	f.each(func(s *Statement) {
		statements++
		if err == nil {
			err = f.prepare(s)
		}
	})
	return err
}

// prepare looks up what a statement refers to.
func (f *Function) prepare(s *Statement) (err error) {
	switch {
	case s.Op == OpCall:
		if s.callee, err = f.program.function(s.Function); err == nil && len(s.Args) != len(s.callee.Params) {
			err = fmt.Errorf("%s has %d arguments", s.Function, len(s.callee.Params))
		}
	case s.Op == OpDot && s.A == Local(f.Params[1]):
		err = f.program.insertData(f, s)
	case s.Op == OpBlock:
		s.lookUpToAdd()
	}
	return err
}

var errDamaged = errors.New("the listing is damaged")

// check reports a function that an evaluation could not run.
func (f *Function) check() error {
	if len(f.Params) < documents || f.Locals < 0 || f.Locals > maxLocals {
		return errDamaged
	}
	ok := true
	for _, p := range f.Params {
		ok = ok && f.hasLocal(p)
	}
	f.each(func(s *Statement) { ok = ok && f.canRun(s) })
	if !ok {
		return errDamaged
	}
	return nil
}

// canRun reports whether the locals, constants and arguments of a statement exist.
func (f *Function) canRun(s *Statement) bool {
	if !f.hasLocal(s.Target) || !f.hasLocal(s.Key) || s.N < 0 || !s.hasArguments() {
		return false
	}
	return f.hasOperand(s.A) && f.hasOperand(s.B) && f.hasOperand(s.C) &&
		!slices.ContainsFunc(s.Args, func(o Operand) bool { return !f.hasOperand(o) })
}

func (f *Function) hasLocal(n int32) bool { return n >= 0 && n < f.Locals }

func (f *Function) hasOperand(o Operand) bool {
	if o < 0 {
		return int(^o) < len(f.constants)
	}
	return f.hasLocal(int32(o))
}

// hasArguments reports whether a call has as many arguments as one needs.
func (s *Statement) hasArguments() bool {
	switch s.Op { //nolint:exhaustive // others are no calls
	case OpCall:
		return len(s.Args) >= documents
	case OpBuiltin:
		return len(s.Args) <= maxArguments
	}
	return true
}

// maxLocals and maxArguments are more than any planned function has.
const (
	maxLocals    = 1 << 12
	maxArguments = 4 // of a built-in function
)

// isPure reports whether the result of a function or rule does not depend on the input.
func (f *Function) isPure() bool {
	f.judging.Do(func() {
		input := Local(f.Params[0])
		f.pure = f.read() == nil
		f.each(func(s *Statement) { f.pure = f.pure && !s.passes(input) })
	})
	return f.pure
}

// passes reports whether the input is an operand of a statement, apart from that of a call whose result does not depend on it.
func (s *Statement) passes(input Operand) bool {
	args := s.Args
	if s.Op == OpCall {
		if args[0] == input && !s.callee.isPure() {
			return true
		}
		args = args[1:]
	}
	for _, field := range shapes[s.Op] {
		switch {
		case field == 'a' && s.A == input, field == 'b' && s.B == input, field == 'c' && s.C == input:
			return true
		case field == '*' && slices.Contains(args, input):
			return true
		}
	}
	return false
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

// insertData makes a statement that looks up a key of the data one that has the value.
func (p *Program) insertData(f *Function, s *Statement) error {
	if s.B >= 0 || f.constants[^s.B].kind != text {
		return fmt.Errorf("function %s: a key of the data that is not written out", f.Name)
	}
	key := f.constants[^s.B].s
	value, err := p.valueOf(key)
	if err != nil {
		return err
	}
	if !value.IsDefined() {
		return nil // the statement finds nothing
	}
	f.constants = append(f.constants, value)
	s.A = Constant(int32(len(f.constants) - 1)) //nolint:gosec // a function has few
	if len(s.Args) == 0 {
		s.Op, s.B = OpAssign, 0
	} else {
		s.B, s.Args = s.Args[0], s.Args[1:]
	}
	return nil
}

// valueOf returns the value of a key of the data.
func (p *Program) valueOf(key string) (Value, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	value, ok := p.values[key]
	if ok {
		return value, nil
	}
	value, err := p.data(key)
	if err == nil {
		p.values[key] = value
	}
	return value, err
}

// Check reads a function and all that it calls, and returns what is wrong with them.
func (p *Program) Check(function string) error {
	return p.checkOnce(function, map[string]bool{})
}

func (p *Program) checkOnce(function string, done map[string]bool) error {
	if done[function] {
		return nil
	}
	done[function] = true
	f, err := p.function(function)
	if err == nil {
		err = f.read()
	}
	if err != nil {
		return err
	}
	f.each(func(s *Statement) {
		if s.Op == OpCall && err == nil {
			err = p.checkOnce(s.Function, done)
		}
	})
	return err
}
