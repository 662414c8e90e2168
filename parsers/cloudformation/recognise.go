package cloudformation

import (
	"bytes"
	"cmp"
	"slices"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// Looks reports whether a text is a template by its structure, however it is written. It is asked for every YAML and
// JSON file of a repository: most are decided by the words in them, and only unusual ones are parsed.
func Looks(content []byte) bool {
	content = source.UTF8(content)
	if !mentionsTemplate(content) {
		return false
	}
	if source.StartsAsJSON(content) {
		if blank, _, has := source.BlankComments(content); has && hasTemplate(blank) {
			return true
		}
		keys, isJSON := topKeys(source.BlankMark(content))
		if isJSON && (keys["Resources"] || !keys["Transform"] && !keys[fnTransform]) {
			return keys["Resources"]
		}
	} else if hasResourcesLine(content) {
		return true
	}
	return hasTemplate(content)
}

// The words of templates.
const (
	wordVersion   = "AWSTemplateFormatVersion"
	wordResources = "Resources"
	wordTransform = "Transform"
)

// typePrefixes begin the types of resources.
func typePrefixes() []string { return []string{"AWS::", "Custom::", "Alexa::", rainPrefix} }

// Words are the words that templates contain.
func Words() []string { return append(typePrefixes(), wordVersion, wordResources, wordTransform) }

// HasWords reports whether a text that has some of Words can be a template.
func HasWords(has func(word string) bool) bool {
	return has(wordVersion) || (has(wordResources) || has(wordTransform)) && slices.ContainsFunc(typePrefixes(), has)
}

// mentionsTemplate reports whether a text has the words that every template has.
func mentionsTemplate(content []byte) bool {
	content = source.Unescaped(content)
	return HasWords(func(word string) bool { return bytes.Contains(content, []byte(word)) })
}

// hasResourcesLine reports whether a line begins with the key Resources.
func hasResourcesLine(content []byte) bool {
	for line := range bytes.Lines(source.WithoutMark(content)) {
		line = bytes.TrimLeft(line, `"'`)
		if rest, ok := bytes.CutPrefix(line, []byte("Resources")); ok {
			rest = bytes.TrimLeft(rest, "\"' \t")
			if len(rest) > 0 && rest[0] == ':' {
				return true
			}
		}
	}
	return false
}

// topKeys returns the keys of a JSON object as far as Resources. isJSON is false for a text that is not strict JSON as
// far as it was read.
func topKeys(text []byte) (keys map[string]bool, isJSON bool) {
	keys = map[string]bool{}
	var in nesting
	for i := 0; i < len(text); i++ {
		if text[i] != '"' {
			if !in.accept(text[i]) {
				return keys, false
			}
			continue
		}
		end := stringEnd(text, i)
		if end == len(text) {
			return keys, false
		}
		if in.isKey {
			keys[string(source.Unescaped(text[i+1:end]))] = true
		}
		if keys["Resources"] {
			return keys, true
		}
		in.isKey, i = false, end
	}
	return keys, true
}

// nesting is the position of topKeys in a JSON text.
type nesting struct {
	depth int  // number of open objects and lists
	isKey bool // the next string is a key of the outermost object
}

// accept moves past a character outside strings. It returns false where strict JSON does not allow the character.
func (n *nesting) accept(c byte) bool {
	switch c {
	case '{', '[':
		n.depth++
		n.isKey = n.depth == 1
	case '}', ']':
		n.depth--
	case ',':
		n.isKey = n.depth == 1
	case ' ', '\t', '\r', '\n', ':':
	default:
		return !n.isKey && c != '#'
	}
	return true
}

// stringEnd returns the offset of the quote that ends the string at an offset, or the length of the text.
func stringEnd(text []byte, start int) int {
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(text)
}

// hasTemplate parses a text. One that is malformed counts as a template if it has the version of the format: its syntax
// error is then reported.
func hasTemplate(content []byte) bool {
	documents, err := yamltext.DecodeAll(content)
	return slices.ContainsFunc(documents, isTemplateNode) ||
		err != nil && bytes.Contains(content, []byte("AWSTemplateFormatVersion"))
}

// isTemplateNode is newTemplate without places.
func isTemplateNode(document *yaml.Node) bool {
	resources := valueOf(document, "Resources")
	if transform := cmp.Or(valueOf(document, "Transform"), valueOf(document, fnTransform)); transform != nil && resources == nil {
		return valueOf(document, "AWSTemplateFormatVersion") != nil || valueOf(transform, "Name") != nil
	}
	return resources != nil && resources.Kind == yaml.MappingNode
}

// valueOf returns the value of a key of a mapping, or of the mappings merged into it, all behind any aliases; nil: there
// is none.
func valueOf(n *yaml.Node, key string) *yaml.Node { return mergedValue(n, key, 0) }

func mergedValue(n *yaml.Node, key string, depth int) *yaml.Node {
	n = behindAlias(n)
	if n == nil || depth > maxDepth {
		return nil
	}
	switch {
	case n.Kind == yaml.SequenceNode && depth > 0: // the value of a merge key
		return mergedOf(n.Content, key, depth)
	case n.Kind != yaml.MappingNode:
		return nil
	}
	var merged []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if behindAlias(n.Content[i]).Value == key {
			return behindAlias(n.Content[i+1])
		}
		if n.Content[i].Tag == "!!merge" {
			merged = append(merged, n.Content[i+1])
		}
	}
	return mergedOf(merged, key, depth)
}

// mergedOf returns the value of a key in the first of several merged mappings that has one.
func mergedOf(merged []*yaml.Node, key string, depth int) *yaml.Node {
	for _, n := range merged {
		if found := mergedValue(n, key, depth+1); found != nil {
			return found
		}
	}
	return nil
}

func behindAlias(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// IsWhole reports whether a text is valid YAML or JSON with a template: other files contain parts of templates, too.
func IsWhole(content []byte) bool {
	documents, _, err := documentsOf(source.UTF8(content))
	return err == nil && slices.ContainsFunc(documents, isTemplateNode)
}

// documentsOf parses the documents of a text. Comments in JSON, of which it returns the first one, are left out if the
// text has a template then.
func documentsOf(content []byte) (all []*yaml.Node, comment source.Range, err error) {
	if source.StartsAsJSON(content) {
		if blank, first, has := source.BlankComments(content); has {
			comment = first
			if all, err = yamltext.DecodeAll(blank); err == nil && slices.ContainsFunc(all, isTemplateNode) {
				return all, comment, nil
			}
		}
	}
	all, err = yamltext.DecodeAll(content)
	return all, comment, err
}

// IsTemplate reports whether a text has a template that Parse checks, or is malformed, which Parse reports.
func IsTemplate(file *source.File) bool {
	root, problems, _ := parse(file)
	return len(problems) > 0 || root != nil && newTemplate(root) != nil
}
