// Package dockerfile reads what a Dockerfile places where: the stages of the build, the files that each copies, the commands that it
// runs, and the command that the image starts. Nothing is executed.
//
// A text that cannot be determined, such as a variable without a default, is unknown. A stage that may contain more than it lists
// is partly known.
package dockerfile

import (
	"encoding/json"
	"strings"
)

// Limits of a Dockerfile. Beyond them, the rest is not read, and the stage that exceeds them is partly known.
const (
	MaxBytes        = 64 << 10
	maxInstructions = 1000
	maxStages       = 50
	maxOfStage      = 1000 // copies, and variables, of one stage
	maxWords        = 1000 // of one instruction
	maxText         = 4096 // bytes of a text with variables
)

// instruction is an instruction of a Dockerfile with its continued lines.
type instruction struct {
	name string // in upper case
	rest string // after the name, without comments
	here bool   // a here-document follows, which is dropped
}

// instructions splits a Dockerfile. It is not whole if a limit is exceeded.
// https://docs.docker.com/reference/dockerfile/#format
func instructions(text string) (all []instruction, escape byte, isWhole bool) {
	escape = '\\'
	var open strings.Builder
	isDirective := true
	for len(text) > 0 {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "#") {
			key, value, ok := strings.Cut(strings.TrimSpace(trimmed[1:]), "=")
			if isDirective && ok && strings.EqualFold(strings.TrimSpace(key), "escape") && strings.TrimSpace(value) == "`" {
				escape = '`'
			}
			continue
		}
		isDirective = false
		if trimmed == "" {
			continue
		}
		if trimmed[len(trimmed)-1] == escape {
			open.WriteString(trimmed[:len(trimmed)-1] + " ")
			continue
		}
		open.WriteString(trimmed)
		if len(all) == maxInstructions {
			return all, escape, false
		}
		i := instructionOf(open.String())
		open.Reset()
		text, i.here = afterHere(i, text)
		all = append(all, i)
	}
	if open.Len() > 0 {
		all = append(all, instructionOf(open.String()))
	}
	return all, escape, true
}

func instructionOf(line string) instruction {
	line = strings.TrimSpace(line)
	end := strings.IndexAny(line, " \t")
	if end < 0 {
		end = len(line)
	}
	return instruction{name: strings.ToUpper(line[:end]), rest: strings.TrimSpace(line[end:])}
}

// afterHere returns the text after the here-document of an instruction: RUN <<EOF.
func afterHere(i instruction, text string) (rest string, has bool) {
	at := strings.Index(i.rest, "<<")
	if at < 0 || i.name != "RUN" && i.name != "COPY" && i.name != "ADD" {
		return text, false
	}
	word, _, _ := strings.Cut(strings.TrimLeft(i.rest[at:], "<-"), " ")
	word = strings.Trim(word, `"'`)
	if word == "" {
		return text, false
	}
	for rest := text; len(rest) > 0; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if strings.TrimSpace(line) == word {
			return rest, true
		}
	}
	return text, false // a shift or a text
}

// fields splits the words of an instruction, or the exec form ["a", "b"]. isExec: it is the exec form.
func fields(rest string, escape byte) (words []string, isExec bool) {
	if strings.HasPrefix(rest, "[") && json.Unmarshal([]byte(rest), &words) == nil && len(words) <= maxWords {
		return words, true
	}
	return split(rest, escape), false
}

// Words splits a shell command into words without their quotes. Operators that white space separates are words.
func Words(command string) []string { return split(command, '\\') }

// split splits a text at white space outside of quotes.
func split(rest string, escape byte) []string {
	var w words
	for i := 0; i < len(rest) && len(w.all) < maxWords; i++ {
		if c := rest[i]; c == escape && w.quote != '\'' && i+1 < len(rest) {
			i++
			w.add(rest[i])
		} else {
			w.next(c)
		}
	}
	w.end()
	return w.all
}

// words are the words of a text up to a character.
type words struct {
	all    []string
	open   strings.Builder
	isOpen bool
	quote  byte // 0: outside of quotes
}

func (w *words) next(c byte) {
	switch {
	case w.quote != 0 && c == w.quote:
		w.quote = 0
	case w.quote == 0 && (c == '"' || c == '\''):
		w.quote, w.isOpen = c, true
	case w.quote == 0 && strings.IndexByte(" \t\r\n", c) >= 0:
		w.end()
	default:
		w.add(c)
	}
}

func (w *words) add(c byte) {
	w.open.WriteByte(c)
	w.isOpen = true
}

func (w *words) end() {
	if w.isOpen {
		w.all = append(w.all, w.open.String())
	}
	w.open.Reset()
	w.isOpen = false
}

// flags splits the leading flags of an instruction: --from=build.
func flags(rest string) (set map[string]string, after string) {
	set = map[string]string{}
	for strings.HasPrefix(rest, "--") {
		var flag string
		end := strings.IndexAny(rest, " \t")
		if end < 0 {
			end = len(rest)
		}
		flag, rest = rest[2:end], strings.TrimSpace(rest[end:])
		key, value, _ := strings.Cut(flag, "=")
		set[key] = strings.Trim(value, `"'`)
	}
	return set, rest
}
