package handler

import (
	"slices"

	"lintel/parsers/handler/code"
	"lintel/parsers/handler/ecmascript"
	"lintel/parsers/handler/golang"
	"lintel/parsers/handler/python"
)

// parse reads a source file into the common form.
func parse(text []byte, language code.Language) *code.File {
	switch language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Python:
		return withoutScripts(python.Read(text))
	case code.Go:
		return golang.Read(text)
	}
	return ecmascript.Read(text, language)
}

// withoutScripts puts aside what a file does only if it is the program, which a handler's file never is.
func withoutScripts(file *code.File) *code.File {
	isIn := func(r code.Range) bool {
		return slices.ContainsFunc(file.Scripts, func(script code.Range) bool { return script.Start <= r.Start && r.End <= script.End })
	}
	if len(file.Scripts) > 0 {
		var kept []code.Statement
		for _, s := range file.Statements {
			if isIn(s.Range) {
				file.Aside = append(file.Aside, s)
			} else {
				kept = append(kept, s)
			}
		}
		file.Statements = kept
		file.Imports = slices.DeleteFunc(file.Imports, func(i code.Import) bool { return isIn(i.Range) })
	}
	return file
}
