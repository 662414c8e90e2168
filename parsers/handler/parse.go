package handler

import (
	"lintel/parsers/handler/code"
	"lintel/parsers/handler/ecmascript"
	"lintel/parsers/handler/golang"
	"lintel/parsers/handler/python"
)

// parse reads a source file into the common form.
func parse(text []byte, language code.Language) *code.File {
	switch language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Python:
		return python.Read(text)
	case code.Go:
		return golang.Read(text)
	}
	return ecmascript.Read(text, language)
}
