package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// removal reads calls that remove files, also of methods of something that is computed.
func (u *unit) removal(e *code.Expr, callee string) {
	u.f.removes = u.f.removes || removes(calleeText(e)) || removes(lastName(callee)) || strings.HasPrefix(callee, "tempfile.")
}

// file reads writes of files in /tmp.
func (u *unit) file(s *code.Statement, e *code.Expr, callee string) {
	if path := written(e, callee, lastName(callee)); path != nil {
		u.writes(path, u.path(s.Function, path))
	}
}

// writes adds a path that code writes to.
func (u *unit) writes(path *code.Expr, text string) {
	if strings.HasPrefix(text, "/tmp/") {
		u.f.writes = append(u.f.writes, model.Known(text, u.at(path.Range)))
	}
}

// removes reports whether a function with a name removes files.
func removes(name string) bool {
	return slices.Contains([]string{
		"remove", "unlink", "unlinkSync", "rmtree", "rmSync", "rm", "rmdir", "removeSync", "emptyDir", "emptyDirSync", "removedirs", "Remove", "RemoveAll",
	}, name)
}

// written returns the path that a call writes to; nil: it does not write a file.
func written(e *code.Expr, callee, name string) *code.Expr {
	switch {
	case callee == "open":
		if mode := argument(e, "mode", 1); mode != nil && mode.Kind == code.String && strings.ContainsAny(mode.Text, "wax") {
			return argument(e, "file", 0)
		}
	case name == "download_file":
		if to := argument(e, "Filename", 2); to != nil { //nolint:mnd // after bucket and key
			return to
		}
		return argument(e, "Filename", 1)
	case slices.Contains([]string{"writeFile", "writeFileSync", "createWriteStream", "appendFile", "appendFileSync"}, name):
		return argument(e, "", 0)
	}
	return nil
}

// goFile reads writes of files in /tmp in Go. The default directory for temporary files is /tmp.
func (u *unit) goFile(s *code.Statement, e *code.Expr, callee string) {
	file := argument(e, "", 0)
	if file == nil {
		return
	}
	switch callee {
	case "os.Create", "os.WriteFile", "io/ioutil.WriteFile":
		u.writes(file, u.path(s.Function, file))
	case "os.OpenFile":
		if mode := argument(e, "", 1); mode != nil && mentions(mode, "O_CREATE") {
			u.writes(file, u.path(s.Function, file))
		}
	case "os.CreateTemp", "os.MkdirTemp", "io/ioutil.TempFile", "io/ioutil.TempDir":
		text := u.path(s.Function, file) + "/"
		if file.Kind == code.String && file.Text == "" {
			text = "/tmp/"
		}
		u.writes(file, text)
	}
}

// path returns the text with which the path of a file starts.
func (u *unit) path(function int, e *code.Expr) string {
	return u.pathIn(composition{u: u, function: function}, e, maxRounds)
}

// pathIn is path. It follows names and functions up to a number.
func (u *unit) pathIn(c composition, e *code.Expr, rounds int) string {
	if rounds == 0 {
		return ""
	}
	switch e.Kind { //nolint:exhaustive // others are no paths
	case code.String:
		return e.Text
	case code.Concat:
		if len(e.Items) > 0 {
			return u.pathIn(c, e.Items[0], rounds-1)
		}
	case code.Call:
		return u.pathOfCall(c, e, rounds-1)
	case code.Name:
		if text, ok := u.constant(e); ok {
			return text
		}
		if last := before(e, c.values(e.Text)); len(last) == 1 && last[0].property == "" {
			return u.pathIn(c, last[0].value, rounds-1)
		}
	}
	return ""
}

// pathOfCall returns the text with which the path starts that a call returns.
func (u *unit) pathOfCall(c composition, e *code.Expr, rounds int) string {
	first := argument(e, "", 0)
	switch callee := strings.TrimPrefix(u.callee(e.Items[0]), "node:"); {
	case slices.Contains([]string{"os.TempDir", "os.tmpdir"}, callee):
		return "/tmp"
	case first == nil:
		return ""
	case slices.Contains([]string{"path/filepath.Join", "path.Join", "path.join", "path.resolve", "os.path.join"}, callee):
		if len(e.Items) > 2 { //nolint:mnd // the function, the directory and more
			return strings.TrimSuffix(u.pathIn(c, first, rounds), "/") + "/"
		}
	case callee == "fmt.Sprintf":
		text, _, _ := strings.Cut(u.pathIn(c, first, rounds), "%")
		return text
	}
	if callee := e.Items[0]; callee.Kind == code.Member && callee.Text == "format" {
		text, _, _ := strings.Cut(u.pathIn(c, callee.Items[0], rounds), "{")
		return text
	}
	return ""
}
