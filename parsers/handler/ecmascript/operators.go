package ecmascript

import "lintel/parsers/handler/code"

// precedence returns the precedence of the binary operator at the token, or 0.
func (r *reader) precedence() int {
	switch r.tok.kind {
	case nullish, or:
		return 1 // they may not be mixed
	case and:
		return 3
	case '|', '^', '&':
		return 4 // their order does not matter
	case equality:
		return 5
	case '<', compare:
		return 6
	case shift:
		return 7
	case '+', '-':
		return 8
	case '*', '/', '%':
		return 9
	case power:
		return 10
	case '>':
		return r.greater()
	default:
		return r.wordPrecedence()
	}
}

func (r *reader) wordPrecedence() int {
	if r.tok.kind != word {
		return 0
	}
	switch r.tok.text {
	case "in":
		if r.context.noIn {
			return 0
		}
		return 6
	case "instanceof":
		return 6
	case "as", "satisfies":
		if r.typed && !r.tok.newline {
			return 6
		}
		return 0
	default:
		return 0
	}
}

func (r *reader) greater() int {
	r.joined()
	switch r.tok.kind {
	case shift:
		return 7
	case assign:
		return 0
	default:
		return 6
	}
}

func kindOf(op kind) code.ExprKind {
	switch op {
	case '+':
		return code.Concat
	case or, nullish:
		return code.Choice
	default:
		return code.Unknown
	}
}
