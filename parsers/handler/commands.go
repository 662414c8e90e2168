package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// command reads a call that executes a text: a command of a shell, code, or an object in a form that may contain code.
func (u *unit) command(s *code.Statement, e *code.Expr, callee string) {
	name := strings.TrimPrefix(u.promised(s.Function, e.Items[0], callee), "node:")
	text := u.executed(e, name)
	if text == nil {
		return
	}
	at := u.at(e.Range)
	c := composition{u: u, function: s.Function, seen: map[*code.Expr]bool{}}
	u.f.commands = append(u.f.commands, model.SourceCommand{
		Block: model.NewBlock(at), Function: model.Known(name, at), Event: model.Known(u.flowOf().has(s.Function, text) || c.hasEvent(text), at),
	})
}

// promised returns the function that a called name stands for: itself, or the one that util.promisify wraps.
func (u *unit) promised(function int, e *code.Expr, callee string) string {
	if e.Kind != code.Name || !u.isScript() {
		return callee
	}
	c := composition{u: u, function: function}
	for _, a := range c.values(e.Text) {
		if a.property != "" || a.value.Kind != code.Call || calleeText(a.value) != "promisify" || len(a.value.Items) == 1 {
			continue
		}
		wrapped := a.value.Items[1]
		if wrapped.Kind == code.Member && wrapped.Items[0].Kind == code.Call && calleeText(wrapped.Items[0]) == "require" && len(wrapped.Items[0].Items) > 1 {
			return wrapped.Items[0].Items[1].Text + "." + wrapped.Text
		}
		return u.callee(wrapped)
	}
	return callee
}

// executed returns the text that a call of a function executes; nil: it executes none.
func (u *unit) executed(e *code.Expr, function string) *code.Expr {
	switch u.code.Language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Python:
		return executedInPython(e, function)
	case code.Go:
		return executedInGo(e, function)
	}
	first := argument(e, "", 0)
	switch function {
	case "child_process.exec", "child_process.execSync", "eval", "vm.runInContext", "vm.runInNewContext", "vm.runInThisContext", "vm.Script", "node-serialize.unserialize":
		return first
	case "Function":
		if len(e.Items) > 1 {
			return e.Items[len(e.Items)-1]
		}
	case "child_process.spawn", "child_process.spawnSync", "child_process.execFile", "child_process.execFileSync":
		if slices.ContainsFunc(e.Items[1:], hasShell) {
			return first
		}
		if words := argument(e, "", 1); first != nil && words != nil && words.Kind == code.List {
			return ofShell(append([]*code.Expr{first}, words.Items...))
		}
	}
	return nil
}

// hasShell reports whether options in JavaScript start a shell.
func hasShell(options *code.Expr) bool {
	i := slices.Index(options.Keys, "shell")
	return options.Kind == code.Map && i >= 0 && (isTrue(options.Items[i]) || options.Items[i].Kind == code.String)
}

// executedInPython is executed for Python.
func executedInPython(e *code.Expr, function string) *code.Expr {
	first := argument(e, "args", 0)
	switch function {
	case "os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell", "eval", "exec",
		"pickle.loads", "cPickle.loads", "dill.loads", "jsonpickle.decode", "yaml.unsafe_load":
		return first
	case "yaml.load":
		if loader := argument(e, "Loader", 1); loader != nil && slices.Contains([]string{"Loader", "UnsafeLoader", "CLoader"}, loader.Text) {
			return first
		}
	case "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.Popen":
		if isTrue(argument(e, "shell", -1)) {
			return first
		}
		if first != nil && first.Kind == code.List {
			return ofShell(first.Items)
		}
	}
	return nil
}

// executedInGo is executed for Go: exec.Command("sh", "-c", text).
func executedInGo(e *code.Expr, function string) *code.Expr {
	switch function {
	case "os/exec.Command":
		return ofShell(e.Items[1:])
	case "os/exec.CommandContext":
		return ofShell(e.Items[min(2, len(e.Items)):])
	}
	return nil
}

// ofShell returns the text that the words of a command make a shell or an interpreter execute; nil: they do not.
func ofShell(words []*code.Expr) *code.Expr {
	if len(words) < 3 || words[0].Kind != code.String || !isInterpreter(words[0].Text) || !isInline(words[1].Text) { //nolint:mnd // the shell, -c and the text
		return nil
	}
	return words[2]
}

// isInterpreter reports whether a program executes a text.
func isInterpreter(program string) bool {
	name := program[strings.LastIndex(program, "/")+1:]
	return slices.Contains([]string{"sh", "bash", "dash", "zsh", "ash", "python", "python3", "node", "perl", "ruby"}, name)
}

// isInline reports whether an option of an interpreter is followed by the text to execute.
func isInline(option string) bool {
	return slices.Contains([]string{"-c", "-e", "-ec", "-lc", "-xc"}, option)
}
