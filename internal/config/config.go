// Package config parses .lintel.yaml, the configuration of a repository or directory. Flags take precedence over it.
package config

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/nearest"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
	"lintel/internal/suppress"
)

// Name is the name of a configuration file. Its schema is docs/lintel.schema.json.
const Name = ".lintel.yaml"

// otherName is the other common ending of YAML. A directory with both files is an error.
const otherName = ".lintel.yml"

// IsName reports whether a path is that of a configuration.
func IsName(name string) bool { return path.Base(name) == Name || path.Base(name) == otherName }

// Config is a parsed configuration. In the zero Config nothing is set.
type Config struct {
	File     *source.File   // the configuration file; nil: none
	Extended []*source.File // the files that it extends, the nearest first
	Base     string         // directory that its paths are relative to; empty: the root of the run

	Profile         finding.Profile             // empty: not set
	FailOn          string                      // empty: not set
	Extend          []string                    // rules to run in addition to the profile
	Skip            []string                    // rules to skip
	Severities      map[string]finding.Severity // severities of rules, by id, that replace the default ones
	Ignore          []suppress.Pattern          // suppressions by path or construct
	NoIgnore        []string                    // rules that nothing in the templates may suppress
	MaxIgnoreDays   int                         // maximum days until a suppression in a template expires; 0: no expiry required
	TrustedAccounts []string                    // trusted AWS accounts, 12 digits each
	NoThirdParty    bool                        // leave out findings in third-party modules
	Gaps            map[finding.GapCause]bool   // whether a gap makes a run incomplete; a cause that is missing does not
	MaxFileBytes    int64                       // size above which a file is not read; 0: not set
	VarFiles        []string                    // Terraform variable files, relative to the root of the run; the last one wins
	Vars            map[string]Value            // values of Terraform variables, as on the command line
	Params          map[string]Value            // values of template parameters
	Workspace       string                      // terraform.workspace; empty: not set
	DenyNew         []string                    // classes of access that a change must not open
	Stacks          map[string]string           // templates, or the directories that contain them, by the names of the stacks that they are deployed as, relative to the root of the run
	Policies        []string                    // directories with custom rules, relative to that of the configuration
}

// Parse parses a configuration without the files that it extends. Errors contain name, which is the file name for messages,
// and the line.
func Parse(name string, file *source.File, rules finding.IDs) (Config, error) {
	p, err := parse(name, file, rules)
	return p.config.finish(), err
}

func parse(name string, file *source.File, rules finding.IDs) (*parser, error) {
	p := &parser{name: name, rules: rules, config: layer{Config: Config{File: file}, own: map[string]bool{}}}
	documents, err := yamltext.DecodeAll(file.Content)
	if err != nil {
		p.config = layer{}
		return p, fmt.Errorf("%s: %s", name, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	switch len(documents) {
	case 0: // nothing but comments
		return p, nil
	case 1:
		for i := 0; i < len(documents[0].Content); i += 2 {
			p.config.own[documents[0].Content[i].Value] = true
		}
		err = p.fields(documents[0], p.top())
	default:
		err = p.errorf(documents[1], "the file has more than one YAML document; keep one")
	}
	return p, err
}

type parser struct {
	name   string
	rules  finding.IDs
	config layer

	varFiles []*yaml.Node // the paths of files of variables
	stacks   *yaml.Node   // the names of stacks and their paths; nil: none
}

// reading parses the values of keys.
type reading map[string]func(value *yaml.Node) error

func (p *parser) top() reading {
	return reading{
		"profile": func(v *yaml.Node) error {
			text, err := p.oneOf(v, words(finding.Profiles()))
			p.config.Profile = finding.Profile(text)
			return err
		},
		"fail-on": func(v *yaml.Node) (err error) {
			p.config.FailOn, err = p.oneOf(v, finding.Severities()[1:])
			return err
		},
		"skip": func(v *yaml.Node) (err error) {
			p.config.skip, err = p.ruleList(v)
			return err
		},
		"extend-rules": func(v *yaml.Node) (err error) {
			p.config.Extend, err = p.ruleList(v)
			return err
		},
		"trusted-accounts": func(v *yaml.Node) (err error) {
			p.config.TrustedAccounts, err = p.texts(v, p.account)
			return err
		},
		"no-ignore": func(v *yaml.Node) (err error) {
			p.config.NoIgnore, err = p.ruleList(v)
			return err
		},
		"max-ignore-days": p.maxIgnoreDays,
		sizeKey:           p.size,
		"third-party": func(v *yaml.Node) error {
			text, err := p.oneOf(v, []string{"true", "false"})
			p.config.NoThirdParty = text == "false"
			return err
		},
		"policies": func(v *yaml.Node) (err error) {
			p.config.Policies, err = p.texts(v, p.folder)
			return err
		},
		"vars": func(v *yaml.Node) (err error) {
			p.config.Vars, err = p.values(v, structured)
			return err
		},
		"params": func(v *yaml.Node) (err error) {
			p.config.Params, err = p.values(v, commaSeparated)
			return err
		},
		"stacks": p.readStacks,
		"var-files": func(v *yaml.Node) (err error) {
			p.config.VarFiles, err = p.texts(v, p.varFile)
			return err
		},
		"workspace": func(v *yaml.Node) (err error) {
			p.config.Workspace, err = p.textOf(v)
			return err
		},
		"access":   p.access,
		extendsKey: p.extends,
		"gaps":     p.gaps,
		"ignore":   p.ignores,
		"rules":    p.overrides,
	}
}

func (p *parser) maxIgnoreDays(v *yaml.Node) (err error) {
	p.config.MaxIgnoreDays, err = strconv.Atoi(v.Value)
	if err != nil || p.config.MaxIgnoreDays < 1 {
		return p.errorf(v, "%q must be a number of days, at least 1", v.Value)
	}
	return nil
}

func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i := range all {
		out[i] = string(all[i])
	}
	return out
}

func (p *parser) errorf(at *yaml.Node, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", p.name, at.Line, fmt.Sprintf(format, args...)) //nolint:err113 // a message for the user
}

// fields parses a mapping. The error for an unknown key suggests the most similar one.
func (p *parser) fields(n *yaml.Node, known reading) error {
	if n.Kind != yaml.MappingNode {
		return p.errorf(n, "must be a mapping of keys to values")
	}
	if err := p.unique(n); err != nil {
		return err
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := known[key.Value]
		if !ok {
			keys := keysOf(known)
			return p.errorf(key, "unknown key %q%s", key.Value, nearest.Hint(key.Value, keys, "; the keys are "+strings.Join(keys, ", ")))
		}
		if err := read(value); err != nil {
			return err
		}
	}
	return nil
}

// unique returns an error for a key that a mapping has more than once.
func (p *parser) unique(n *yaml.Node) error {
	lines := map[string]int{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if first, isDuplicate := lines[key.Value]; isDuplicate {
			return p.errorf(key, "duplicate key %q; the first one is on line %d", key.Value, first)
		}
		lines[key.Value] = key.Line
	}
	return nil
}

func keysOf(known reading) []string {
	var keys []string
	for key := range known {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (p *parser) oneOf(v *yaml.Node, all []string) (string, error) {
	if v.Kind != yaml.ScalarNode || !slices.Contains(all, v.Value) {
		return "", p.errorf(v, "%q must be one of %s", v.Value, strings.Join(all, ", "))
	}
	return v.Value, nil
}

// texts parses a list and checks its items with check.
func (p *parser) texts(v *yaml.Node, check func(*yaml.Node) error) ([]string, error) {
	if v.Kind != yaml.SequenceNode {
		return nil, p.errorf(v, "must be a list")
	}
	var out []string
	for _, item := range v.Content {
		if err := check(item); err != nil {
			return nil, err
		}
		out = append(out, item.Value)
	}
	return out, nil
}

// rule parses the name of a rule and returns its id.
func (p *parser) rule(v *yaml.Node) (string, error) {
	id, ok := p.rules.Resolve(v.Value)
	if v.Kind != yaml.ScalarNode || !ok {
		return "", p.unknownRule(v)
	}
	return id, nil
}

func (p *parser) unknownRule(v *yaml.Node) error {
	return p.errorf(v, "there is no rule %q%s", v.Value, nearest.Hint(v.Value, p.rules.All(), "; lintel rules lists all rules"))
}

// ruleList parses a list of words that select rules, as finding.IDs.Select reads them.
func (p *parser) ruleList(v *yaml.Node) ([]string, error) {
	var out []string
	_, err := p.texts(v, func(item *yaml.Node) error {
		ids := p.rules.Select(item.Value)
		if item.Kind != yaml.ScalarNode || len(ids) == 0 {
			return p.unknownRule(item)
		}
		out = append(out, ids...)
		return nil
	})
	return out, err
}

var account = regexp.MustCompile(`^\d{12}$`)

func (p *parser) account(v *yaml.Node) error {
	if !account.MatchString(v.Value) || v.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 && v.Value[0] == '0' {
		return p.errorf(v, "%q must be an AWS account ID: 12 digits, in quotes", v.Value)
	}
	return nil
}

// ignores parses the list of suppressions.
func (p *parser) ignores(v *yaml.Node) error {
	if v.Kind != yaml.SequenceNode {
		return p.errorf(v, "must be a list")
	}
	for _, item := range v.Content {
		pattern := suppress.Pattern{Line: item.Line}
		err := p.fields(item, reading{
			"paths": func(v *yaml.Node) (err error) {
				pattern.Paths, err = p.texts(v, p.glob)
				return err
			},
			"constructs": func(v *yaml.Node) (err error) {
				pattern.Constructs, err = p.texts(v, p.glob)
				return err
			},
			"rules": func(v *yaml.Node) (err error) {
				pattern.Rules, err = p.ruleList(v)
				return err
			},
			"reason": func(v *yaml.Node) error {
				pattern.Reason = strings.TrimSpace(v.Value)
				return nil
			},
			"until": func(v *yaml.Node) (err error) {
				if pattern.Until, err = time.Parse(time.DateOnly, v.Value); err != nil {
					return p.errorf(v, "%q must be a date such as 2027-03-01", v.Value)
				}
				return nil
			},
		})
		switch {
		case err != nil:
			return err
		case len(pattern.Paths)+len(pattern.Constructs) == 0:
			return p.errorf(item, "must have paths (patterns such as vendor/**) or constructs (patterns such as Stack/LogRetention*/**)")
		case pattern.Reason == "":
			return p.errorf(item, "must have a reason")
		}
		p.config.Ignore = append(p.config.Ignore, pattern)
	}
	return nil
}

func (p *parser) glob(v *yaml.Node) error {
	if !doublestar.ValidatePattern(v.Value) {
		return p.errorf(v, "%q is not a valid pattern", v.Value)
	}
	return nil
}

// gaps reads what gaps do to the exit code: one word for all causes, or a mapping of causes to words.
func (p *parser) gaps(v *yaml.Node) error {
	p.config.Gaps = map[finding.GapCause]bool{}
	if v.Kind == yaml.ScalarNode {
		text, err := p.oneOf(v, gapWords())
		for _, cause := range finding.GapCauses() {
			p.config.Gaps[cause] = text == gapFails
		}
		return err
	}
	known := reading{}
	for _, cause := range finding.GapCauses() {
		known[string(cause)] = func(v *yaml.Node) error {
			text, err := p.oneOf(v, gapWords())
			p.config.Gaps[cause] = text == gapFails
			return err
		}
	}
	return p.fields(v, known)
}

// The words for what a gap does.
const (
	gapWarns = "warn"
	gapFails = "fail"
)

func gapWords() []string { return []string{gapWarns, gapFails} }

// AccessClasses returns the classes of access that a change can be forbidden to open, the worst first.
func AccessClasses() []string {
	return []string{"public", "admin", "cross-account", "escalate", "permissions", "credentials", "secrets", "data"}
}

// access reads the settings about the access that a change opens.
func (p *parser) access(v *yaml.Node) error {
	return p.fields(v, reading{"deny-new": func(v *yaml.Node) (err error) {
		p.config.DenyNew, err = p.texts(v, func(item *yaml.Node) error {
			_, err := p.oneOf(item, AccessClasses())
			return err
		})
		return err
	}})
}

// ParseGaps reads the value of the option for gaps: warn or fail for all causes, or CAUSE=WORD, several separated by
// commas. The last one counts.
func ParseGaps(values []string) (map[finding.GapCause]bool, error) {
	gaps := map[finding.GapCause]bool{}
	for _, value := range values {
		cause, word, single := strings.Cut(value, "=")
		if !single {
			cause, word = "", value
		}
		switch {
		case !slices.Contains(gapWords(), word):
			return nil, fmt.Errorf("--gaps is %q; it must be warn, fail or CAUSE=warn, CAUSE=fail with a cause of %s", value, strings.Join(words(finding.GapCauses()), ", "))
		case single && !slices.Contains(finding.GapCauses(), finding.GapCause(cause)):
			return nil, fmt.Errorf("--gaps has no cause %q%s", cause, nearest.Hint(cause, words(finding.GapCauses()), "; the causes are "+strings.Join(words(finding.GapCauses()), ", ")))
		case single:
			gaps[finding.GapCause(cause)] = word == gapFails
			continue
		}
		for _, cause := range finding.GapCauses() {
			gaps[cause] = word == gapFails
		}
	}
	return gaps, nil
}

// overrides parses the settings of rules: off or a severity.
func (p *parser) overrides(v *yaml.Node) error {
	if v.Kind != yaml.MappingNode {
		return p.errorf(v, "must be a mapping of rules to settings")
	}
	if err := p.unique(v); err != nil {
		return err
	}
	p.config.Severities = map[string]finding.Severity{}
	for i := 0; i+1 < len(v.Content); i += 2 {
		key, value := v.Content[i], v.Content[i+1]
		id, err := p.rule(key)
		if err != nil {
			return err
		}
		if value.Kind == yaml.ScalarNode && value.Value == "off" {
			p.config.off = append(p.config.off, id)
			continue
		}
		err = p.fields(value, reading{"severity": func(v *yaml.Node) error {
			text, err := p.oneOf(v, finding.Severities())
			p.config.Severities[id], _ = finding.ParseSeverity(text)
			return err
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
