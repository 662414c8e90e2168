package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	opacompile "github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/ir"

	"lintel/internal/rego"
)

// plan converts modules with the planner of OPA to listings for package rego, by function name. Statements that the
// evaluator does not support are an error here, so that evaluation cannot meet them.
func plan(parsed map[string]*ast.Module) (map[string]string, error) {
	var modules []bundle.ModuleFile
	var entrypoints []string
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		// The planner parses modules from text, too, so it gets the formatted tree.
		modules = append(modules, bundle.ModuleFile{URL: name, Path: name, Parsed: parsed[name]})
		if strings.HasPrefix(name, rulesDir+"/") {
			entrypoints = append(entrypoints, path.Join(rulesDir, path.Base(path.Dir(name)), "deny"))
		}
	}
	if len(entrypoints) == 0 {
		return map[string]string{}, nil
	}
	return planModules(modules, entrypoints)
}

func planModules(modules []bundle.ModuleFile, entrypoints []string) (map[string]string, error) {
	c := opacompile.New().WithTarget(opacompile.TargetPlan).WithEntrypoints(entrypoints...).
		WithRegoVersion(ast.RegoV1).WithBundle(&bundle.Bundle{Data: map[string]any{}, Modules: modules})
	if err := c.Build(context.Background()); err != nil {
		return nil, err
	}
	var policy ir.Policy
	if err := json.NewDecoder(bytes.NewReader(c.Bundle().PlanModules[0].Raw)).Decode(&policy); err != nil {
		return nil, err
	}
	supported := rego.Builtins()
	for _, b := range policy.Static.BuiltinFuncs {
		if !slices.Contains(supported, b.Name) {
			return nil, fmt.Errorf("the built-in function %s is not supported in the rules of lintel", b.Name)
		}
	}
	listings := map[string]string{}
	for _, f := range policy.Funcs.Funcs {
		listing, err := list(f, &policy)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", functionName(f.Name), err)
		}
		listings[functionName(f.Name)] = listing
	}
	return listings, nil
}

// planned returns the program of a set that was compiled from source.
func (s *Set) planned(data map[string]any) (*rego.Program, error) {
	listings, err := s.listings()
	if err != nil {
		return nil, err
	}
	values := map[string]rego.Value{}
	for key, content := range data {
		values[key] = rego.FromJSON(content)
	}
	return rego.Load(
		func(name string) (string, error) { return listings[name], nil },
		func(key string) (rego.Value, error) { return values[key], nil },
	), nil
}

// functionName returns the name of a function without the common prefix.
func functionName(name string) string { return strings.TrimPrefix(name, "g0.data.") }

func list(f *ir.Func, policy *ir.Policy) (string, error) {
	t := translator{policy: policy, locals: map[ir.Local]int32{}, known: map[string]rego.Operand{}}
	out := rego.Function{Name: functionName(f.Name)}
	for _, p := range f.Params {
		out.Params = append(out.Params, t.local(p))
	}
	out.Blocks = t.blocks(f.Blocks)
	out.Locals = int32(len(t.locals))
	if t.err == nil {
		out.Fuse(t.constants)
	}
	var text strings.Builder
	rego.List(&text, &out, t.constants)
	return text.String(), t.err
}

// translator translates a function of OPA's intermediate representation to one of package rego.
type translator struct {
	policy    *ir.Policy
	locals    map[ir.Local]int32
	constants []rego.Value
	known     map[string]rego.Operand // constants by their JSON text
	err       error
}

func (t *translator) local(l ir.Local) int32 {
	n, ok := t.locals[l]
	if !ok {
		n = int32(len(t.locals))
		t.locals[l] = n
	}
	return n
}

func (t *translator) constant(key string, value rego.Value) rego.Operand {
	o, ok := t.known[key]
	if !ok {
		o = rego.Constant(int32(len(t.constants)))
		t.constants = append(t.constants, value)
		t.known[key] = o
	}
	return o
}

func (t *translator) operand(o ir.Operand) rego.Operand {
	switch v := o.Value.(type) {
	case ir.Local:
		return rego.Local(t.local(v))
	case *ir.Local: // as in decoded JSON
		return rego.Local(t.local(*v))
	case *ir.StringIndex:
		return t.operand(ir.Operand{Value: *v})
	case *ir.Bool:
		return t.operand(ir.Operand{Value: *v})
	case ir.StringIndex:
		s := t.policy.Static.Strings[v].Value
		return t.constant("s"+s, rego.String(s))
	case ir.Bool:
		return t.constant(fmt.Sprint("b", bool(v)), rego.Bool(bool(v)))
	}
	t.fail("the operand %T", o.Value)
	return 0
}

func (t *translator) fail(format string, args ...any) {
	if t.err == nil {
		t.err = fmt.Errorf(format+" is not supported in the rules of lintel", args...)
	}
}

func (t *translator) blocks(blocks []*ir.Block) []rego.Block {
	out := make([]rego.Block, len(blocks))
	for i, b := range blocks {
		for _, stmt := range b.Stmts {
			if s, ok := t.statement(stmt); ok {
				out[i] = append(out[i], s)
			}
		}
	}
	return out
}

func (t *translator) statement(stmt ir.Stmt) (rego.Statement, bool) {
	switch s := stmt.(type) {
	case *ir.NopStmt:
		return rego.Statement{}, false
	case *ir.ReturnLocalStmt:
		return rego.Statement{Op: rego.OpReturn, A: rego.Local(t.local(s.Source))}, true
	case *ir.CallStmt:
		return t.call(s), true
	case *ir.BlockStmt:
		return rego.Statement{Op: rego.OpBlock, Blocks: t.blocks(s.Blocks)}, true
	case *ir.BreakStmt:
		return rego.Statement{Op: rego.OpBreak, N: int32(s.Index)}, true
	case *ir.DotStmt:
		return rego.Statement{Op: rego.OpDot, A: t.operand(s.Source), B: t.operand(s.Key), Target: t.local(s.Target)}, true
	case *ir.LenStmt:
		return rego.Statement{Op: rego.OpLen, A: t.operand(s.Source), Target: t.local(s.Target)}, true
	case *ir.ScanStmt:
		return rego.Statement{
			Op: rego.OpScan, A: rego.Local(t.local(s.Source)), Key: t.local(s.Key), Target: t.local(s.Value),
			Blocks: t.blocks([]*ir.Block{s.Block}),
		}, true
	case *ir.NotStmt:
		return rego.Statement{Op: rego.OpNot, Blocks: t.blocks([]*ir.Block{s.Block})}, true
	}
	if s, ok := t.condition(stmt); ok {
		return s, true
	}
	return t.making(stmt), true
}

// condition translates the statements that only have a result or none.
func (t *translator) condition(stmt ir.Stmt) (rego.Statement, bool) {
	switch s := stmt.(type) {
	case *ir.EqualStmt:
		return rego.Statement{Op: rego.OpEqual, A: t.operand(s.A), B: t.operand(s.B)}, true
	case *ir.NotEqualStmt:
		return rego.Statement{Op: rego.OpNotEqual, A: t.operand(s.A), B: t.operand(s.B)}, true
	case *ir.IsArrayStmt:
		return rego.Statement{Op: rego.OpIsArray, A: t.operand(s.Source)}, true
	case *ir.IsObjectStmt:
		return rego.Statement{Op: rego.OpIsObject, A: t.operand(s.Source)}, true
	case *ir.IsSetStmt:
		return rego.Statement{Op: rego.OpIsSet, A: t.operand(s.Source)}, true
	case *ir.IsDefinedStmt:
		return rego.Statement{Op: rego.OpIsDefined, A: rego.Local(t.local(s.Source))}, true
	case *ir.IsUndefinedStmt:
		return rego.Statement{Op: rego.OpIsUndefined, A: rego.Local(t.local(s.Source))}, true
	}
	return rego.Statement{}, false
}

// making translates statements that create values.
func (t *translator) making(stmt ir.Stmt) rego.Statement {
	switch s := stmt.(type) {
	case *ir.AssignVarStmt:
		return rego.Statement{Op: rego.OpAssign, A: t.operand(s.Source), Target: t.local(s.Target)}
	case *ir.AssignVarOnceStmt:
		return rego.Statement{Op: rego.OpAssignOnce, A: t.operand(s.Source), Target: t.local(s.Target)}
	case *ir.AssignIntStmt:
		return t.number(s.Target, strconv.FormatInt(s.Value, 10))
	case *ir.MakeNumberIntStmt:
		return t.number(s.Target, strconv.FormatInt(s.Value, 10))
	case *ir.MakeNumberRefStmt:
		return t.number(s.Target, t.policy.Static.Strings[s.Index].Value)
	case *ir.ResetLocalStmt:
		return rego.Statement{Op: rego.OpReset, Target: t.local(s.Target)}
	case *ir.MakeNullStmt:
		return rego.Statement{Op: rego.OpAssign, A: t.constant("null", rego.Null()), Target: t.local(s.Target)}
	case *ir.MakeArrayStmt:
		return rego.Statement{Op: rego.OpMakeArray, N: s.Capacity, Target: t.local(s.Target)}
	case *ir.MakeObjectStmt:
		return rego.Statement{Op: rego.OpMakeObject, Target: t.local(s.Target)}
	case *ir.MakeSetStmt:
		return rego.Statement{Op: rego.OpMakeSet, Target: t.local(s.Target)}
	}
	return t.adding(stmt)
}

// adding translates the statements that add to a value.
func (t *translator) adding(stmt ir.Stmt) rego.Statement {
	switch s := stmt.(type) {
	case *ir.ArrayAppendStmt:
		return rego.Statement{Op: rego.OpAppend, A: t.operand(s.Value), Target: t.local(s.Array)}
	case *ir.ObjectInsertStmt:
		return rego.Statement{Op: rego.OpInsert, B: t.operand(s.Key), C: t.operand(s.Value), Target: t.local(s.Object)}
	case *ir.ObjectInsertOnceStmt:
		return rego.Statement{Op: rego.OpInsert, N: 1, B: t.operand(s.Key), C: t.operand(s.Value), Target: t.local(s.Object)}
	case *ir.SetAddStmt:
		return rego.Statement{Op: rego.OpAdd, A: t.operand(s.Value), Target: t.local(s.Set)}
	}
	t.fail("a statement %T", stmt)
	return rego.Statement{}
}

func (t *translator) number(target ir.Local, written string) rego.Statement {
	value, ok := rego.Number(written)
	if !ok {
		t.fail("the number %s", written)
	}
	return rego.Statement{Op: rego.OpAssign, A: t.constant("#"+written, value), Target: t.local(target)}
}

// call translates a call of a function or built-in.
func (t *translator) call(s *ir.CallStmt) rego.Statement {
	out := rego.Statement{Op: rego.OpCall, Function: functionName(s.Func), Target: t.local(s.Result)}
	if slices.ContainsFunc(t.policy.Static.BuiltinFuncs, func(b *ir.BuiltinFunc) bool { return b.Name == s.Func }) {
		out.Op, out.Function = rego.OpBuiltin, s.Func
	}
	for _, arg := range s.Args {
		out.Args = append(out.Args, t.operand(arg))
	}
	return out
}
