package dockerfile

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Stage is a stage of a build with what it inherits from the stages that it starts from.
type Stage struct {
	Base      string    // image that it starts from; "": unknown
	Directory string    // WORKDIR at its end, absolute; "": unknown
	Copies    []Copy    // in their order
	Commands  []Command // of RUN, in their order
	Entry     Start     // ENTRYPOINT
	Command   Start     // CMD
	Variables []string  // names that ENV sets, in their order
	HasMore   bool      // files come from elsewhere: from other images, addresses or archives
	IsPartly  bool      // files of the build context may be at places that Copies do not list
	name      string
	values    variables
	commanded bool // CMD is in the stage itself
}

// Copy is a file or directory that a stage copies.
type Copy struct {
	From   int    // index of the stage that it comes from; -1: the build context
	Source string // path in the build context, or absolute path in the stage; its last element may be a pattern
	Target string // absolute path
	Into   bool   // the target is a directory whatever the source is
}

// Command is a command of RUN.
type Command struct {
	Directory string // WORKDIR; "": unknown
	Text      string // in shell syntax, with its variables; words of the exec form are separated by spaces
}

// Start is an ENTRYPOINT or CMD.
type Start struct {
	IsSet   bool
	IsShell bool // /bin/sh -c runs the words
	Words   []string
}

// Read returns the stages of a Dockerfile. arguments are values of ARG by name (nil: unknown); base returns the variables (nil: unknown)
// and the working directory ("": unknown) of an image.
func Read(content string, arguments map[string]*string, base func(image string) (env map[string]string, directory string)) []Stage {
	b := builder{arguments: arguments, base: base, global: variables{}}
	isWhole := len(content) <= MaxBytes
	if isWhole {
		var all []instruction
		all, b.escape, isWhole = instructions(content)
		for _, i := range all {
			if i.name == "FROM" && len(b.stages) == maxStages {
				isWhole = false
				break
			}
			b.instruction(i)
		}
	}
	if !isWhole && len(b.stages) > 0 {
		b.stages[len(b.stages)-1].IsPartly = true
	}
	return b.stages
}

// Find returns the index of the stage with a name or number; the last one for "". It is false if there is none.
func Find(stages []Stage, name string) (int, bool) {
	if name == "" {
		return len(stages) - 1, len(stages) > 0
	}
	return find(stages, name)
}

func find(stages []Stage, name string) (int, bool) {
	for i := range slices.Backward(stages) {
		if stages[i].name != "" && strings.EqualFold(stages[i].name, name) {
			return i, true
		}
	}
	n, err := strconv.Atoi(name)
	return n, err == nil && 0 <= n && n < len(stages)
}

type builder struct {
	arguments map[string]*string
	base      func(string) (map[string]string, string)
	escape    byte
	global    variables // of ARG before the first FROM
	stages    []Stage
}

func (b *builder) instruction(i instruction) {
	switch {
	case i.name == "FROM":
		b.from(i)
	case len(b.stages) > 0:
		b.inStage(&b.stages[len(b.stages)-1], i)
	case i.name == "ARG":
		b.argument(i.rest, b.global)
	}
}

// inStage reads an instruction after FROM.
func (b *builder) inStage(s *Stage, i instruction) {
	switch i.name {
	case "ARG":
		b.argument(i.rest, s.values)
	case "ENV":
		b.environment(s, i.rest)
	case "WORKDIR":
		s.Directory = s.at(strings.Trim(i.rest, `"'`))
	case "COPY", "ADD":
		b.copies(s, i)
	case "RUN":
		b.run(s, i)
	case "ENTRYPOINT":
		s.Entry = b.start(i.rest)
		if !s.commanded {
			s.Command = Start{} // ENTRYPOINT drops the inherited CMD
		}
	case "CMD":
		s.Command, s.commanded = b.start(i.rest), true
	}
}

// run reads RUN.
func (b *builder) run(s *Stage, i instruction) {
	_, rest := flags(i.rest)
	words, isExec := fields(rest, b.escape)
	if isExec {
		rest = strings.Join(words, " ")
	}
	s.Commands = append(s.Commands, Command{s.Directory, rest})
	s.IsPartly = s.IsPartly || i.here
}

// from starts a stage: FROM image [AS name].
func (b *builder) from(i instruction) {
	_, rest := flags(i.rest)
	words, _ := fields(rest, b.escape)
	s := Stage{values: variables{}, Directory: "/"}
	if len(words) > 2 && strings.EqualFold(words[1], "AS") { //nolint:mnd // image AS name
		s.name = words[2]
	}
	image := text{}
	if len(words) > 0 {
		image = b.global.expand(words[0])
		if name, _, hasVersion := strings.Cut(words[0], ":$"); hasVersion && !image.isKnown {
			image = b.global.expand(name) // of any version
		}
	}
	if parent, ok := find(b.stages, image.value); ok && b.stages[parent].name != "" && image.isKnown {
		s = b.stages[parent].inherited(s.name)
		b.stages = append(b.stages, s)
		return
	}
	s.Base = image.value
	env, directory := b.base(s.Base)
	if env != nil {
		s.values[""] = text{"", true} // variables that are not set are empty
	}
	for name, value := range env { // any order: each is set once
		s.values[name] = text{value, true}
	}
	s.Directory = directory
	b.stages = append(b.stages, s)
}

// inherited returns a stage that starts from another one.
func (s *Stage) inherited(name string) Stage {
	next := *s
	next.name, next.commanded = name, false
	next.Copies, next.Commands, next.Variables = slices.Clone(s.Copies), slices.Clone(s.Commands), slices.Clone(s.Variables)
	next.values = maps.Clone(s.values)
	return next
}

// argument reads ARG name[=default]. An argument of the build wins, then the value before the first FROM.
func (b *builder) argument(rest string, to variables) {
	words, _ := fields(rest, b.escape)
	for _, word := range words {
		name, value, hasDefault := strings.Cut(word, "=")
		given, isGiven := b.arguments[name]
		global, isGlobal := b.global[name]
		switch {
		case isGiven && given == nil:
			to[name] = text{}
		case isGiven:
			to[name] = text{*given, true}
		case hasDefault:
			to[name] = to.expand(value)
		case isGlobal:
			to[name] = global
		default:
			to[name] = text{}
		}
	}
}

// environment reads ENV name=value … and ENV name value.
func (b *builder) environment(s *Stage, rest string) {
	words, _ := fields(rest, b.escape)
	if len(words) > 0 && !strings.Contains(words[0], "=") {
		name, value, _ := strings.Cut(rest, " ")
		words = []string{name + "=" + strings.TrimSpace(value)}
	}
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		if len(s.Variables) == maxOfStage {
			s.IsPartly = true
			return
		}
		s.values[name] = s.values.expand(value)
		s.Variables = append(s.Variables, name)
	}
}

// at returns an absolute path from one that is relative to the working directory; "": unknown.
func (s *Stage) at(name string) string {
	t := s.values.expand(name)
	switch {
	case !t.isKnown:
		return ""
	case path.IsAbs(t.value):
		return path.Clean(t.value)
	case s.Directory == "":
		return ""
	}
	return path.Join(s.Directory, t.value)
}

// copies reads COPY and ADD.
func (b *builder) copies(s *Stage, i instruction) {
	set, rest := flags(i.rest)
	words, _ := fields(rest, b.escape)
	from, isStage := -1, true
	if name, ok := set["from"]; ok {
		from, isStage = b.origin(s, name)
	}
	_, hasParents := set["parents"]
	switch {
	case !isStage || i.here:
		s.HasMore = true
		s.IsPartly = s.IsPartly || len(words) > 0 && inOpt(s.at(words[len(words)-1]))
	case len(words) < 2 || hasParents: //nolint:mnd // a source and the target
		s.IsPartly = true
	default:
		s.copy(words[:len(words)-1], words[len(words)-1], from, i.name == "ADD")
	}
}

// copy adds what an instruction copies from a stage or the build context.
func (s *Stage) copy(sources []string, to string, from int, isAdd bool) {
	target := s.at(to)
	into := len(sources) > 1 || strings.HasSuffix(to, "/") || path.Base(to) == "." || target == s.Directory
	for _, word := range sources {
		source := s.values.expand(word)
		switch {
		case isAdd && isRemote(source.value):
			s.HasMore = true
		case !source.isKnown || target == "" || len(s.Copies) == maxOfStage:
			s.IsPartly = true
		default:
			name := path.Clean("/" + source.value)
			if from < 0 {
				name = strings.TrimPrefix(name, "/")
			}
			s.Copies = append(s.Copies, Copy{from, name, target, into})
		}
	}
}

// origin returns the stage that COPY --from names. It is false for an image.
func (b *builder) origin(s *Stage, name string) (index int, isStage bool) {
	t := s.values.expand(name)
	if index, isStage = find(b.stages[:len(b.stages)-1], t.value); !isStage || !t.isKnown {
		return 0, false
	}
	return index, true
}

// inOpt reports whether a path may be below /opt, where extensions are, which run beside the handler.
func inOpt(target string) bool {
	return target == "" || target == "/opt" || strings.HasPrefix(target, "/opt/")
}

// isRemote reports whether ADD downloads or unpacks a source.
func isRemote(source string) bool {
	return strings.Contains(source, "://") || strings.HasPrefix(source, "git@") || slices.ContainsFunc([]string{".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"}, func(suffix string) bool {
		return strings.HasSuffix(source, suffix)
	})
}

// start reads the exec or shell form of ENTRYPOINT and CMD. Neither replaces variables.
func (b *builder) start(rest string) Start {
	words, isExec := fields(rest, b.escape)
	return Start{IsSet: true, IsShell: !isExec, Words: words}
}
