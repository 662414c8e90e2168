package generate_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lintel/internal/home"
)

// TestOrderOfMaps checks that no loop over a map can let its order reach a result: its body only fills maps by the key of the
// loop, counts, looks for something that exists or not, or collects what is sorted in the same function. Another loop states
// in a comment with the words "any order" why it may have any.
func TestOrderOfMaps(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=Dir,ImportPath,Export,GoFiles", "../../...").Output() //nolint:gosec // no input
	if err != nil {
		t.Fatal(err)
	}
	type pkg struct {
		Dir, ImportPath, Export string
		GoFiles                 []string
	}
	exports, own := map[string]string{}, []pkg{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, home.Module+"/") && p.ImportPath != "lintel/internal/peers" && p.ImportPath != "lintel/internal/rewrite" { // for tests only
			own = append(own, p)
		}
	}
	if len(own) < 20 {
		t.Fatalf("%d packages", len(own))
	}
	set := token.NewFileSet()
	imported := importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	loops := 0
	for _, p := range own {
		var files []*ast.File
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
		if _, err := (&types.Config{Importer: imported}).Check(p.ImportPath, set, files, info); err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, found := range loopsOverMaps(set, file, info) {
				loops++
				if !found.isHarmless() {
					t.Errorf("%s: the order of a map can reach a result; sort the keys, or say in a comment why it may have any order", set.Position(found.loop.Pos()))
				}
			}
		}
	}
	if loops < 50 {
		t.Errorf("only %d loops over maps are found", loops)
	}
}

// mapLoop is a loop over a map.
type mapLoop struct {
	loop      *ast.RangeStmt
	within    *ast.BlockStmt // body of the function
	isClaimed bool           // a comment says that it may have any order
}

func loopsOverMaps(set *token.FileSet, file *ast.File, info *types.Info) (found []mapLoop) {
	claimed := map[int]bool{} // lines with the comment, and those after it
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if strings.Contains(comment.Text, "any order") {
				claimed[set.Position(comment.Pos()).Line] = true
				claimed[set.Position(group.End()).Line+1] = true
			}
		}
	}
	var bodies []*ast.BlockStmt
	ast.Inspect(file, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncDecl:
			bodies = append(bodies, x.Body)
		case *ast.RangeStmt:
			if isMap(x.X, info) {
				found = append(found, mapLoop{x, bodies[len(bodies)-1], claimed[set.Position(x.Pos()).Line]})
			}
		}
		return true
	})
	return found
}

// isMap reports whether the elements of an expression come in the order of a map.
func isMap(e ast.Expr, info *types.Info) bool {
	if call, ok := e.(*ast.CallExpr); ok {
		selector, _ := call.Fun.(*ast.SelectorExpr)
		if selector == nil {
			return false
		}
		from, _ := selector.X.(*ast.Ident)
		return from != nil && from.Name == "maps" && slices.Contains([]string{"All", "Keys", "Values"}, selector.Sel.Name)
	}
	t := info.Types[e].Type
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func (l mapLoop) isHarmless() bool {
	return l.isClaimed || !slices.ContainsFunc(l.loop.Body.List, func(s ast.Stmt) bool { return !l.commutes(s) })
}

// commutes reports whether a statement of the body has the same effect in any order of the loop.
func (l mapLoop) commutes(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.BranchStmt, *ast.IncDecStmt:
		return true
	case *ast.ReturnStmt: // of something that does not depend on the element
		return !slices.ContainsFunc(x.Results, func(e ast.Expr) bool { return !isConstant(e) })
	case *ast.IfStmt:
		return (x.Init == nil || l.declares(x.Init)) && l.all(x.Body.List) && (x.Else == nil || l.commutes(x.Else))
	case *ast.BlockStmt:
		return l.all(x.List)
	case *ast.ExprStmt: // delete(m, key)
		call, _ := x.X.(*ast.CallExpr)
		return call != nil && isNamed(call.Fun, "delete")
	case *ast.AssignStmt:
		return l.declares(x) || l.assigns(x)
	}
	return false
}

func (l mapLoop) all(list []ast.Stmt) bool {
	return !slices.ContainsFunc(list, func(s ast.Stmt) bool { return !l.commutes(s) })
}

// declares reports whether a statement only declares variables of the body.
func (mapLoop) declares(s ast.Stmt) bool {
	assign, ok := s.(*ast.AssignStmt)
	return ok && assign.Tok == token.DEFINE
}

// assigns reports whether an assignment fills a map by the key of the loop, sets a constant, or collects what is sorted.
func (l mapLoop) assigns(x *ast.AssignStmt) bool {
	if x.Tok == token.ADD_ASSIGN {
		return true
	}
	for i, to := range x.Lhs {
		index, isIndex := to.(*ast.IndexExpr)
		from := x.Rhs[min(i, len(x.Rhs)-1)]
		call, _ := from.(*ast.CallExpr)
		switch {
		case isIndex && (isSame(index.Index, l.loop.Key) || isConstant(from)):
		case isConstant(from), isNamed(to, "_"):
		case call != nil && isNamed(call.Fun, "append") && l.isSorted(to):
		default:
			return false
		}
	}
	return true
}

// isSorted reports whether the function sorts a variable.
func (l mapLoop) isSorted(variable ast.Expr) bool {
	sorted := false
	ast.Inspect(l.within, func(n ast.Node) bool {
		call, _ := n.(*ast.CallExpr)
		if call == nil || len(call.Args) == 0 || call.Pos() < l.loop.End() {
			return true
		}
		if selector, ok := call.Fun.(*ast.SelectorExpr); ok && isNamed(selector.X, "slices") && strings.HasPrefix(selector.Sel.Name, "Sort") {
			sorted = sorted || isSame(call.Args[0], variable)
		}
		return true
	})
	return sorted
}

func isSame(a, b ast.Expr) bool {
	return a != nil && b != nil && types.ExprString(a) == types.ExprString(b)
}

func isNamed(e ast.Expr, name string) bool {
	ident, _ := e.(*ast.Ident)
	return ident != nil && ident.Name == name
}

func isConstant(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return slices.Contains([]string{"true", "false", "nil"}, x.Name)
	case *ast.CompositeLit:
		return len(x.Elts) == 0
	}
	return false
}
