package handler

import (
	"lintel/parsers/handler/code"
	"lintel/parsers/handler/ecmascript"
	"lintel/parsers/handler/python"
)

// parse reads a source file into the common form.
func parse(text []byte, language code.Language) *code.File {
	if language == code.Python {
		return python.Read(text)
	}
	return ecmascript.Read(text, language)
}
