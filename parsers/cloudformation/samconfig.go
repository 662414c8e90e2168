package cloudformation

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Limits of configuration files of the SAM CLI.
const (
	maxSAMConfig    = 64 << 10 // bytes; real files have less than two
	maxEnvironments = 32       // environments of a template with different values
)

// SAMConfig is a configuration file of the SAM CLI
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html): what
// "sam deploy" and "sam sync" deploy in each environment.
type SAMConfig struct {
	Problems []finding.Problem
	Gaps     []finding.Gap
	File     *source.File // nil: it cannot be read

	environments []environment
	templates    []string // that are deployed, also without values
}

// environment is what one command of the SAM CLI deploys in one environment.
type environment struct {
	name      deployment.Environment
	template  string // path
	overrides []override
}

// override is the value of a parameter.
type override struct {
	name, value string
	at          source.Range
}

// ReadSAMConfig reads a configuration file of the SAM CLI.
func ReadSAMConfig(fsys fs.FS, name string) SAMConfig {
	var c SAMConfig
	content, err := source.ReadText(fsys, name)
	if err == nil && len(content) > maxSAMConfig {
		err = fmt.Errorf("not read: exceeds the limit of %d KiB", maxSAMConfig>>10)
	}
	if err != nil {
		c.problem(source.Range{Path: name}, err.Error())
		return c
	}
	c.File = source.NewFile(name, content)
	var root *node
	if source.SyntaxOf(name) == source.YAML {
		root, c.Problems, _ = parse(c.File)
	} else {
		root, c.Problems = parseTOML(c.File)
	}
	for _, f := range root.all() {
		for _, command := range []string{"deploy", "sync"} {
			c.add(fsys, f.key, command, f.value)
		}
	}
	return c
}

// Templates returns the paths of the templates that the file deploys.
func (c SAMConfig) Templates() []string { return c.templates }

func (c *SAMConfig) problem(at source.Range, message string) {
	if p := (finding.Problem{Range: at, Message: message}); !slices.Contains(c.Problems, p) && len(c.Problems) < maxProblems {
		c.Problems = append(c.Problems, p)
	}
}

// add adds what a command deploys in an environment with some commands.
func (c *SAMConfig) add(fsys fs.FS, name, command string, commands *node) {
	option := func(key string, of ...string) *node {
		for _, command := range of {
			if value := commands.get(command).get("parameters").get(key); value != nil {
				return value
			}
		}
		return nil
	}
	if commands.get(command) == nil && commands.get("global") == nil && commands.get("build") == nil {
		return
	}
	written := cmp.Or(option("template_file", command, "global", "build"), option("template", command, "global", "build"))
	template := deployed(fsys, path.Dir(c.File.Path), written)
	if template == "" {
		return
	}
	if !slices.Contains(c.templates, template) {
		c.templates = append(c.templates, template)
	}
	e := environment{name: deployment.Environment{File: c.File.Path, Section: name + "." + command}, template: template}
	if given := option("parameter_overrides", command, "global"); given != nil {
		c.overrides(&e, given)
	}
	if len(e.overrides) > 0 {
		c.environments = append(c.environments, e)
	}
}

// deployed returns the template that the SAM CLI deploys in a directory: the one that an option names, or else the one that
// "sam build" reads. It is empty if there is none.
func deployed(fsys fs.FS, dir string, option *node) string {
	names := []string{"template.yaml", "template.yml", "template.json"}
	if name, ok := option.text(); ok {
		names = append([]string{name}, names...)
	}
	for _, name := range names {
		name = path.Join(dir, name)
		if !fs.ValidPath(name) || slices.Contains(strings.Split(name, "/"), ".aws-sam") { // the output of "sam build"
			continue
		}
		if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

// overrides adds the values of an option: a text, a list of them, or in YAML a mapping.
func (c *SAMConfig) overrides(e *environment, n *node) {
	if text, ok := n.text(); ok {
		c.parse(e, text, n)
		return
	}
	for _, item := range n.items {
		if text, ok := item.text(); ok {
			c.parse(e, text, item)
		} else {
			c.overrides(e, &node{kind: mapNode, fields: item.all()})
		}
	}
	for _, f := range n.all() {
		var values []string
		for _, item := range append(slices.Clone(f.value.items), f.value) {
			if text, ok := tree.Text(item.scalar); ok && item.kind == scalarNode {
				values = append(values, text)
			}
		}
		e.overrides = append(e.overrides, override{f.key, strings.Join(values, ","), f.value.at})
	}
}

// fileScheme precedes the path of a file with values.
const fileScheme = "file://"

// parse adds the values of a text: NAME=VALUE or ParameterKey=NAME,ParameterValue=VALUE, separated by spaces. As in a shell,
// quotation marks surround a value with spaces, and a backslash takes its meaning from a space or quotation mark.
func (c *SAMConfig) parse(e *environment, text string, n *node) {
	if strings.HasPrefix(strings.TrimSpace(text), fileScheme) {
		c.Gaps = append(c.Gaps, finding.Gap{Range: n.at, Cause: finding.GapSkipped, Message: "the values of parameters in a file that the SAM CLI reads were not checked; pass them with --param-file"})
		return
	}
	known := len(e.overrides)
	start := strings.Index(c.File.Text(n.at), text) // negative: its characters are written in another way
	for rest := text; rest != ""; {
		var name, value string
		rest = strings.TrimLeft(rest, " \t\r\n")
		if name, rest = word(rest, "= \t\r\n"); !strings.HasPrefix(rest, "=") {
			continue // the SAM CLI passes over it
		}
		separators := " \t\r\n"
		if name == "ParameterKey" {
			name, rest = word(rest[1:], ","+separators)
			_, rest = word(rest, "=") // ,ParameterValue
		}
		rest = strings.TrimPrefix(rest, "=")
		at := source.Range{Path: n.at.Path, Start: n.at.Start + start + len(text) - len(rest)}
		value, rest = word(rest, separators)
		if at.End = n.at.Start + start + len(text) - len(rest); start < 0 {
			at = n.at
		}
		e.overrides = append(e.overrides, override{name, value, at})
	}
	if len(e.overrides) == known && strings.TrimSpace(text) != "" {
		c.problem(n.at, `the values of parameters must have the form "NAME=VALUE NAME=VALUE"`)
	}
}

// word returns the text up to one of some separators that is neither quoted nor escaped, without its quotation marks, and
// what follows it.
func word(text, separators string) (value, rest string) {
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		switch ch := text[i]; {
		case ch == '\\' && i+1 < len(text) && strings.IndexByte(` "'`, text[i+1]) >= 0:
			i++
			b.WriteByte(text[i])
		case ch == quote:
			quote = 0
		case quote == 0 && (ch == '"' || ch == '\''):
			quote = ch
		case quote == 0 && strings.IndexByte(separators, ch) >= 0:
			return b.String(), text[i:]
		default:
			b.WriteByte(ch)
		}
	}
	return b.String(), ""
}

// Environments are those in which a template has other values than its defaults.
type Environments struct {
	Names    []deployment.Environment // one of those with the same values
	Problems []finding.Problem        // there are too many
}

// EnvironmentsOf returns the environments of a template in configuration files of the SAM CLI.
func EnvironmentsOf(fsys fs.FS, template string, configs []SAMConfig) (found Environments) {
	var parameters *node
	known := map[string]bool{}
	for _, c := range configs {
		for _, e := range c.environments {
			if e.template != template {
				continue
			}
			if parameters == nil {
				t, _ := newReader(fsys, source.Files{}, source.Uses{}).open(template)
				if t == nil || t.parameters == nil {
					return found
				}
				parameters = t.parameters
			}
			values := differing(parameters, e.overrides)
			if values == "" || known[values] {
				continue
			}
			if known[values] = true; len(found.Names) == maxEnvironments {
				found.Problems = []finding.Problem{{Range: source.Range{Path: c.File.Path}, Message: fmt.Sprintf(
					"exceeds the limit of %d environments with other values of the parameters of %s; the rest is not checked", maxEnvironments, template)}}
				return found
			}
			found.Names = append(found.Names, e.name)
		}
	}
	return found
}

// differing returns the parameters and values that differ from the defaults, as a text to compare.
func differing(parameters *node, overrides []override) string {
	var all []string
	for _, o := range effective(parameters, overrides) {
		value, _ := byDefault(parameters.get(o.name))
		if text, ok := tree.Text(value); !ok || text != o.value {
			all = append(all, fmt.Sprintf("%q=%q", o.name, o.value))
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// effective returns the overrides of declared parameters: of those with the same name the last.
func effective(parameters *node, overrides []override) []override {
	var all []override
	seen := map[string]bool{}
	for _, o := range slices.Backward(overrides) {
		if !seen[o.name] && parameters.get(o.name) != nil {
			all = append(all, o)
		}
		seen[o.name] = true
	}
	return all
}

// setEnvironment sets the parameters of a template as an environment does.
func (t *template) setEnvironment(name deployment.Environment) {
	config := ReadSAMConfig(t.reader.fsys, name.File)
	if config.File == nil {
		return
	}
	t.reader.files[name.File] = config.File
	for _, e := range config.environments {
		if e.name != name {
			continue
		}
		for _, o := range effective(t.parameters, e.overrides) {
			t.given[o.name], t.fixed[o.name] = tree.Tree{State: tree.StateKnown, Scalar: o.value, Written: o.at}, true
			if isMasked(t.parameters.get(o.name)) {
				t.reader.hidden = append(t.reader.hidden, o.value)
			}
		}
	}
}
