package terraform

import (
	"crypto/md5"  //nolint:gosec // filemd5 is what Terraform calls it
	"crypto/sha1" //nolint:gosec // filesha1 is what Terraform calls it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"lintel/internal/source"
)

// fileFunctions are the functions that read files. They see what is below the root of the run
// and nothing else: the file system itself refuses what leaves it.
func (e *evaluation) fileFunctions() map[string]function.Function {
	return map[string]function.Function{
		"file":           e.reading(func(b []byte) (string, error) { return string(b), checkText(b) }),
		"filebase64":     e.reading(func(b []byte) (string, error) { return base64.StdEncoding.EncodeToString(b), nil }),
		"filemd5":        e.reading(func(b []byte) (string, error) { s := md5.Sum(b); return hex.EncodeToString(s[:]), nil }),  //nolint:gosec // as above
		"filesha1":       e.reading(func(b []byte) (string, error) { s := sha1.Sum(b); return hex.EncodeToString(s[:]), nil }), //nolint:gosec // as above
		"filesha256":     e.reading(func(b []byte) (string, error) { s := sha256.Sum256(b); return hex.EncodeToString(s[:]), nil }),
		"filesha512":     e.reading(func(b []byte) (string, error) { s := sha512.Sum512(b); return hex.EncodeToString(s[:]), nil }),
		"fileexists":     e.existsFunction(),
		"fileset":        e.setFunction(),
		"templatefile":   e.templateFunction(),
		"templatestring": e.templateStringFunction(),
		"basename":       textFunction(func(s string) (string, error) { return path.Base(s), nil }),
		"dirname":        textFunction(func(s string) (string, error) { return path.Dir(s), nil }),
		"filebase64sha256": e.reading(func(b []byte) (string, error) {
			s := sha256.Sum256(b)
			return base64.StdEncoding.EncodeToString(s[:]), nil
		}),
		"filebase64sha512": e.reading(func(b []byte) (string, error) {
			s := sha512.Sum512(b)
			return base64.StdEncoding.EncodeToString(s[:]), nil
		}),
	}
}

var errNoText = errors.New("it is not text")

func checkText(b []byte) error {
	if !utf8.Valid(b) {
		return errNoText
	}
	return nil
}

// inTree resolves a path as Terraform does, from the directory it runs in. Paths of path.module
// are already relative to the root of the run.
func (e *evaluation) inTree(name string) string {
	if e.terragrunt != nil {
		at, _ := inRepository(e.root, name) // the file system refuses what leads out
		e.terragrunt.asked[at] = true
		return at
	}
	if fs.ValidPath(path.Clean(name)) {
		if _, err := fs.Stat(e.fsys, path.Clean(name)); err == nil {
			return path.Clean(name)
		}
	}
	return path.Join(e.root, name)
}

// unreadable is the result for a file that is not there: it may be made before Terraform runs.
func unreadable(name string) cty.Value {
	return unknown("the file " + name + " cannot be read")
}

func (e *evaluation) reading(f func([]byte) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			name := args[0].AsString()
			content, err := source.ReadFile(e.fsys, e.inTree(name))
			if err != nil {
				return unreadable(name), nil //nolint:nilerr // the value says so
			}
			text, err := f(content)
			if err != nil {
				return unreadable(name), nil //nolint:nilerr // the value says so
			}
			return cty.StringVal(text), nil
		},
	})
}

func (e *evaluation) existsFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if _, err := fs.Stat(e.fsys, e.inTree(args[0].AsString())); err != nil {
				return cty.UnknownVal(cty.Bool), nil //nolint:nilerr // it may be made before Terraform runs
			}
			return cty.True, nil
		},
	})
}

// templateFunction is templatefile(path, variables).
func (e *evaluation) templateFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}, *anything("variables")},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			name := args[0].AsString()
			content, err := source.ReadFile(e.fsys, e.inTree(name))
			if err != nil {
				return unreadable(name), nil //nolint:nilerr // the value says so
			}
			return e.render(content, name, args[1]), nil
		},
	})
}

// templateStringFunction is templatestring(template, variables).
func (e *evaluation) templateStringFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "template", Type: cty.String}, *anything("variables")},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return e.render([]byte(args[0].AsString()), "template", args[1]), nil
		},
	})
}

// render evaluates a template with variables. Templates do not read other templates.
func (e *evaluation) render(content []byte, name string, variables cty.Value) cty.Value {
	if !variables.IsKnown() || variables.IsNull() || !variables.CanIterateElements() || tooDeep(content, hclsyntax.LexTemplate) {
		return unreadable(name)
	}
	expr, diagnostics := hclsyntax.ParseTemplate(content, name, hcl.InitialPos)
	if diagnostics.HasErrors() {
		return unreadable(name)
	}
	functions := map[string]function.Function{}
	for k, f := range e.functionsFor(expr) {
		if k != "templatefile" && k != "templatestring" {
			functions[k] = f
		}
	}
	value, diagnostics := e.meter.bound(expr).Value(&hcl.EvalContext{Variables: variables.AsValueMap(), Functions: functions})
	if diagnostics.HasErrors() {
		return unreadable(name)
	}
	return value
}

// maxVisited is how many files fileset may look at.
const maxVisited = 20_000

// setFunction is fileset(path, pattern): the files below a directory whose path matches.
func (e *evaluation) setFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}, {Name: "pattern", Type: cty.String}},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			dir, pattern := e.inTree(args[0].AsString()), args[1].AsString()
			if info, err := fs.Stat(e.fsys, dir); err != nil || !info.IsDir() || strings.Count(pattern, "{") > 3 {
				return unreadable(args[0].AsString()), nil //nolint:nilerr // the value says so
			}
			var found []cty.Value
			visited := 0
			err := fs.WalkDir(e.fsys, dir, func(p string, entry fs.DirEntry, err error) error {
				if visited++; err != nil || visited > maxVisited {
					return errTooLong
				}
				name := strings.TrimPrefix(strings.TrimPrefix(p, dir), "/")
				if ok, err := doublestar.Match(pattern, name); err != nil {
					return err
				} else if ok && !entry.IsDir() {
					found = append(found, cty.StringVal(name))
				}
				return nil
			})
			switch {
			case err != nil:
				return unreadable(args[0].AsString()), nil //nolint:nilerr // the value says so
			case len(found) == 0:
				return cty.SetValEmpty(cty.String), nil
			}
			return cty.SetVal(found), nil
		},
	})
}
