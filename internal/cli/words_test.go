package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lintel/internal/words"
)

// TestHelpWords checks the help texts of all commands and flags.
func TestHelpWords(t *testing.T) {
	check := func(where, text string) {
		for _, bad := range words.Description(text) {
			t.Errorf("%s: %s", where, bad)
		}
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		check(cmd.CommandPath(), cmd.Short)
		check(cmd.CommandPath(), cmd.Long)
		if strings.HasSuffix(cmd.Short, ".") || cmd.Short != "" && strings.ToUpper(cmd.Short[:1]) != cmd.Short[:1] {
			t.Errorf("%s: %q must start with a capital letter and end without a full stop", cmd.CommandPath(), cmd.Short)
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			check(cmd.CommandPath()+" --"+f.Name, f.Usage)
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	a := newApp(strings.NewReader(""), io.Discard, io.Discard)
	walk(a.command())
}

// TestSourceWords checks the comments and messages of Go files. Messages are the string literals with at least two words
// outside of tests.
func TestSourceWords(t *testing.T) {
	files := goFiles(t)
	if len(files) < 100 {
		t.Fatalf("only %d files", len(files))
	}
	for _, name := range files {
		if strings.HasPrefix(name, "internal/words/") { // quotes the terms
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, filepath.Join("..", "..", filepath.FromSlash(name)), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range offences(set, file) {
			t.Errorf("%s:%s", name, bad)
		}
	}
}

// prose matches two words in a row.
var prose = regexp.MustCompile(`[A-Za-z]{2,}[,:;]? +[A-Za-z]{2,}`)

// allowed matches the name of the declaration at the start of a comment, and the workspace folders of the Language Server
// Protocol.
var allowed = regexp.MustCompile(`^\w+|(?i:workspace ?folders?|" [\w ]*folder[\w ]*")`)

// offences returns the banned terms in the comments and messages of a file as LINE: TERM.
func offences(set *token.FileSet, file *ast.File) (all []string) {
	add := func(at token.Pos, bad []string) {
		for _, b := range bad {
			all = append(all, strconv.Itoa(set.Position(at).Line)+": "+b)
		}
	}
	for _, comment := range file.Comments {
		add(comment.Pos(), words.Description(allowed.ReplaceAllString(comment.Text(), "")))
	}
	name := filepath.ToSlash(set.Position(file.Package).Filename)
	if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "internal/secrets/name.go") { // word lists
		return all
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && prose.MatchString(text) {
				add(n.Pos(), words.Offences(text))
			}
		}
		return true
	})
	return all
}

// goFiles returns the slash-separated paths of the Go files of the repository.
func goFiles(t *testing.T) (all []string) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || p != root && strings.HasPrefix(entry.Name(), ".")) {
			return fs.SkipDir
		}
		if strings.HasSuffix(p, ".go") {
			rel, err := filepath.Rel(root, p)
			all = append(all, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
