package lsp

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/suppress"
)

type completionItem struct {
	Label         string          `json:"label"`
	Kind          int             `json:"kind"`
	Detail        string          `json:"detail,omitempty"`
	Documentation *markupContent  `json:"documentation,omitempty"`
	SortText      string          `json:"sortText,omitempty"`
	TextEdit      textEdit        `json:"textEdit"`
	Data          *completionData `json:"data,omitempty"`
}

// completionData selects the rule of a completion item without documentation, which a client requests for the item that it shows:
// that of all rules is half a megabyte, and takes half a second to mask.
type completionData struct {
	URI  documentURI `json:"uri"`
	Rule string      `json:"rule"`
}

type completionList struct {
	IsIncomplete bool             `json:"isIncomplete"`
	Items        []completionItem `json:"items"`
}

// Kinds of completion items.
const (
	kindProperty   = 10
	kindValue      = 12
	kindEnumMember = 20
)

// completionTriggers are the characters after which editors request a completion, beside letters: many do not while the
// user types in a comment.
const completionTriggers = ` ,-:"[`

// completion completes the ids of rules in ignore comments and in the metadata of resources, and the keys, values and rules
// of a configuration.
func (s *server) completion(_ context.Context, p positionParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // no completion
	}
	c := completer{question: q, uri: p.TextDocument.URI, offset: q.doc.text.offset(q.encoding, p.Position), rules: s.rulesOf(q)}
	c.line = q.doc.text.lineOf(c.offset)
	c.word = wordBefore(q.doc.text.content, c.offset)
	items := c.items()
	if items == nil {
		return nil, nil //nolint:nilnil // no completion
	}
	return completionList{Items: items}, nil
}

// rulesOf returns the rules that apply to the units of a document.
func (s *server) rulesOf(q question) []finding.Rule {
	if len(q.latest.Report.Rules) == 0 { // before the first check
		return append(s.opt.Policies.Rules(), suppress.Rules()...)
	}
	return q.latest.Report.Rules
}

// resolveCompletion adds the documentation to a completion item.
func (s *server) resolveCompletion(_ context.Context, item completionItem) (any, error) {
	if item.Data == nil {
		return item, nil
	}
	q, ok := s.about(item.Data.URI)
	if !ok {
		return item, nil
	}
	for _, r := range s.rulesOf(q) {
		if r.ID == item.Data.Rule {
			item.Documentation = q.documentation(briefly(r))
		}
	}
	return item, nil
}

// documentation returns a Markdown text in the format that the client prefers for documentation; nil: there is no text.
func (q question) documentation(text string) *markupContent {
	if text == "" {
		return nil
	}
	content := markup(text, q.client.TextDocument.Completion.CompletionItem.DocumentationFormat, false)
	return &content
}

// completer completes the word before an offset.
type completer struct {
	question
	uri    documentURI
	offset int
	line   int
	word   int // offset of the word
	rules  []finding.Rule
}

// wordBefore returns the start of the word that ends at an offset. Words are ids of rules, keys and patterns of rules.
func wordBefore(content []byte, offset int) int {
	for offset > 0 {
		switch b := content[offset-1]; {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9', b == '-' && !isDash(content, offset-1), b == '_', b == '/', b == '*':
			offset--
		default:
			return offset
		}
	}
	return offset
}

// isDash reports whether a hyphen starts an item of a list in YAML or the reason of a suppression.
func isDash(content []byte, at int) bool {
	return at == 0 || strings.IndexByte(" \t\n\r-[,", content[at-1]) >= 0
}

func (c completer) items() []completionItem {
	switch {
	case c.isConfiguration():
		return c.configuration()
	case c.isInDirective():
		return c.ruleItems(c.mayBeIgnored, c.named())
	case source.SyntaxOf(c.doc.rel).MayBeTemplate() && c.isInMetadata():
		return c.ruleItems(c.mayBeIgnored, nil)
	}
	return nil
}

func (c completer) isConfiguration() bool {
	return config.IsName(c.doc.rel) || c.settings.config != "" && c.doc.rel == c.settings.config
}

// mayBeIgnored reports whether a suppression of a rule has an effect.
func (c completer) mayBeIgnored(r finding.Rule) bool {
	if slices.Contains(suppress.IDs(), r.ID) {
		return false
	}
	for _, u := range c.units() {
		if slices.Contains(c.latest.Units[u].Config.NoIgnore, r.ID) {
			return false
		}
	}
	return true
}

// directiveName starts an ignore comment.
const directiveName = "lintel:ignore"

// directiveText returns the text between the ignore comment on the line and the word; false if the word is not one of the
// rules of an ignore comment.
func (c completer) directiveText() (string, bool) {
	start := c.doc.text.lines[c.line]
	before := string(c.doc.text.content[start:c.word])
	i := strings.LastIndex(before, directiveName)
	if i < 0 {
		return "", false
	}
	names := before[i+len(directiveName):]
	if names == "" || names[0] != ' ' && names[0] != '\t' || strings.Contains(names+" ", " -- ") || strings.Contains(names, "*/") {
		return "", false
	}
	return names, startsComment(c.doc.rel, c.doc.text.content[:start+i])
}

func (c completer) isInDirective() bool {
	_, ok := c.directiveText()
	return ok
}

// named returns the rules that the ignore comment names already.
func (c completer) named() []string {
	text, _ := c.directiveText()
	return suppress.Names(text)
}

// startsComment reports whether a text ends with the start of a comment in the language of a file.
func startsComment(name string, before []byte) bool {
	signs := []string{source.CommentSign(name)}
	syntax := source.SyntaxOf(name)
	switch {
	case syntax.IsNativeHCL():
		signs = []string{"#", "//"}
		if strings.HasSuffix(strings.TrimRight(string(before[max(0, len(before)-maxIndent):]), " \t\r\n"), "/*") {
			return true
		}
	case syntax == source.HCLJSON:
		return commentProperty.Match(before[max(0, len(before)-maxIndent):])
	case syntax.IsJSON():
		return false
	}
	rest := strings.TrimRight(string(before[max(0, len(before)-maxIndent):]), " \t")
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.HasSuffix(rest, sign) })
}

// maxIndent limits the text that is searched for the start of a comment.
const maxIndent = 4 << 10

// commentProperty matches the property of Terraform JSON that contains comments, up to the text of one.
var commentProperty = regexp.MustCompile(`"//"\s*:\s*(?:\[\s*(?:"[^"\n]*"\s*,\s*)*)?"\s*$`)

// isInMetadata reports whether the word is a rule in the metadata of a resource in a template.
func (c completer) isInMetadata() bool {
	if source.StartsAsJSON(c.doc.text.content) {
		return ignoreInJSON.Match(c.doc.text.content[max(0, c.word-maxIndent):c.word])
	}
	at := yamlPlace(c.doc.text, c.line, c.word)
	n := len(at)
	switch {
	case n >= 4 && at[n-1] == listItem:
		n--
	case n >= 5 && at[n-1] == "rule" && at[n-2] == listItem:
		n -= 2
	}
	return n >= 3 && at[n-1] == "ignore" && at[n-2] == "lintel" && at[n-3] == "Metadata"
}

// ignoreInJSON matches the metadata of a resource up to the id of a rule.
var ignoreInJSON = regexp.MustCompile(`"lintel"\s*:\s*\{\s*"ignore"\s*:\s*(?:\[(?:[^\]]*(?:,|"rule"\s*:))?\s*)?"$`)

// ruleItems returns the rules that may be named, those with findings in the document first.
func (c completer) ruleItems(may func(finding.Rule) bool, without []string) []completionItem {
	distance := c.distances()
	items := []completionItem{}
	for _, r := range c.rules {
		if !may(r) || slices.ContainsFunc(without, func(name string) bool { return strings.EqualFold(name, r.ID) }) {
			continue
		}
		sort := "~" + r.ID
		if lines, ok := distance[r.ID]; ok {
			sort = fmt.Sprintf("%08d %s", lines, r.ID)
		}
		item := c.item(r.ID, kindValue, r.Severity.String()+", "+r.Title, "", sort)
		item.Data = &completionData{c.uri, r.ID}
		items = append(items, item)
	}
	return items
}

// distances returns the number of lines between the word and the nearest finding of each rule in the document.
func (c completer) distances() map[string]int {
	all := map[string]int{}
	for _, d := range c.latest.shown[c.doc.rel] {
		lines := d.Range.Start.Line - c.line
		if lines < 0 {
			lines = -2 * lines // a comment applies to what follows
		}
		if known, ok := all[d.Code]; !ok || lines < known {
			all[d.Code] = lines
		}
	}
	return all
}

// item returns the item that replaces the word.
func (c completer) item(text string, kind int, detail, documentation, sort string) completionItem {
	label := strings.TrimSuffix(text, ": ")
	return completionItem{
		Label: label, Kind: kind, Detail: detail, Documentation: c.documentation(documentation), SortText: sort,
		TextEdit: textEdit{c.doc.text.span(c.encoding, c.word, c.offset), text},
	}
}
