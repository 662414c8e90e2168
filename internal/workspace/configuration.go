package workspace

import (
	"cmp"
	"context"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lintel/internal/artifact"
	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/parsers"
)

// names are the paths of the configurations that apply to a unit; empty: none.
type names struct {
	now  string
	base string // in the tree before the change; empty without Settings.Base
}

func (n names) compare(other names) int {
	return cmp.Or(strings.Compare(n.now, other.now), strings.Compare(n.base, other.base))
}

// group contains the units with one configuration and the settings that follow from it. It does not change after
// Plan.Prepare.
type group struct {
	names
	conf  config.Config
	text  string // text of the configurations
	rules RuleSet

	checker *check.Checker
	request check.Request
	failOn  finding.Severity
	ran     func(rule string) bool
}

// resolver finds and reads the configurations and rules that apply to units.
type resolver struct {
	*Workspace
	set          Settings
	now          fs.FS
	artifacts    *artifact.Mounts
	limited      func(fs.FS) fs.FS // gives a tree the limits for the size of files
	above        *config.Finder
	aboveBase    *config.Finder
	groups       map[names]*group
	notes        []string          // in order of occurrence, without duplicates
	broken       []finding.Problem // invalid configurations, if Settings.Lenient
	brokenByName map[string]bool
	usedRules    map[string]bool // keys of rule sets

	isReconfigured bool // the change edits a configuration of a unit
}

// resolver returns a resolver for a tree, in which artifacts are directories and the configurations limit the size of files.
// The base may be without the artifacts that its configurations extend, which then are in the tree.
func (w *Workspace) resolver(files fs.FS, set Settings) *resolver {
	artifacts := w.artifacts.Mounts()
	mounted := artifacts.Over(files)
	if set.Base != nil {
		base := *set.Base
		base.FS = artifacts.OverBoth(base.FS, files)
		set.Base = &base
	}
	limited := limiter(mounted, set)
	if set.Base != nil {
		set.Base.FS = limited(set.Base.FS)
	}
	now := limited(mounted)
	r := &resolver{
		Workspace: w, set: set, now: now, artifacts: artifacts, limited: limited, above: config.NewFinder(now),
		groups: map[names]*group{}, brokenByName: map[string]bool{}, usedRules: map[string]bool{},
	}
	if set.Base != nil {
		r.aboveBase = config.NewFinder(set.Base.FS)
	}
	return r
}

// withArtifacts returns a tree for the check of units, in which the artifacts are directories. The configuration of the base
// can name files in an artifact that the change removes.
func (r *resolver) withArtifacts(files fs.FS) fs.FS {
	if r.set.Base == nil {
		return r.artifacts.Over(files)
	}
	return r.artifacts.OverBoth(files, r.set.Base.FS)
}

// edited returns an edited tree for the check of units, with the artifacts and the limits of the tree before.
func (r *resolver) edited(files fs.FS) fs.FS { return r.withArtifacts(r.limited(files)) }

// show returns a path for messages.
func (r *resolver) show(name string) string {
	if r.set.Show == nil {
		return name
	}
	return r.set.Show(name)
}

func (r *resolver) note(text string) {
	if !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

// isNearest reports whether each unit has the nearest configuration.
func (r *resolver) isNearest() bool {
	return !r.set.Bare && r.set.Given == nil && r.set.ConfigName == ""
}

// at returns the configurations that apply in a directory.
func (r *resolver) at(dir string) names {
	if !r.isNearest() {
		return names{now: r.set.ConfigName}
	}
	n := names{now: r.above.Above(dir)}
	if r.aboveBase != nil {
		n.base = r.aboveBase.Above(dir)
	}
	return n
}

// ofPaths returns the configurations that apply in the nearest common directory of paths.
func (r *resolver) ofPaths(paths []string) names {
	if !r.isNearest() {
		return names{now: r.set.ConfigName}
	}
	n := names{now: config.Find(r.now, paths)}
	if r.set.Base != nil {
		n.base = config.Find(r.set.Base.FS, paths)
	}
	return n
}

// group returns the group of the configurations with these names. The error is that of an invalid configuration.
func (r *resolver) group(ctx context.Context, n names) (*group, error) {
	if g := r.groups[n]; g != nil {
		return g, nil
	}
	g := &group{names: n}
	later := r.loadRules(ctx, g)
	if err := r.configure(g, later); err != nil {
		return nil, err
	}
	r.groups[n] = g
	return g, nil
}

// loadRules loads the rules of a group. With a base, it reads those in the tree from there, so that a change cannot
// edit the rules that check it. later are the ids of rules that only the change contains.
func (r *resolver) loadRules(ctx context.Context, g *group) (later []string) {
	judge, judged := r.now, g.now
	if r.isJudgedByBase() {
		judge, judged = r.set.Base.FS, g.base
	}
	configured, wanted := r.policies(judge, judged), r.policies(r.now, g.now)
	if r.isJudgedByBase() {
		later = r.compareFolders(configured, wanted)
	}
	var folders []policy.Folder
	for _, dir := range union(r.set.Named, configured) {
		if folder := folderIn(judge, dir); !r.isJudgedByBase() || isFolder(folder) { // otherwise the change adds the rules, which is in the notes
			folders = append(folders, folder)
		}
	}
	g.rules = r.ruleSet(ctx, r.set, folders)
	r.usedRules[g.rules.key] = true
	return later
}

// policies returns the directories with custom rules that a configuration names.
func (r *resolver) policies(files fs.FS, name string) []string {
	switch {
	case r.set.Bare:
		return nil
	case r.set.Given != nil:
		return config.PoliciesIn(files, ".", r.set.Given.Content)
	}
	return config.Policies(files, name)
}

// configure parses the configuration of a group.
func (r *resolver) configure(g *group, later []string) error {
	now, err := r.read(g.now, func() finding.IDs {
		all := g.rules.All()
		for _, id := range later {
			all = append(all, finding.Rule{ID: id}) // the configuration of the change may use this id
		}
		return finding.IDsOf(all)
	})
	if err != nil {
		return err
	}
	g.conf, g.text = now, now.Text()
	if r.set.Base != nil && r.isNearest() {
		r.judge(g, now)
		g.text += "\x00" + g.conf.Text()
	}
	return nil
}

// read parses a configuration in the checked tree. rules returns the rules whose ids are valid in it.
func (r *resolver) read(name string, rules func() finding.IDs) (config.Config, error) {
	switch {
	case r.set.Given != nil && !r.set.Bare:
		files := r.now
		if r.isJudgedByBase() { // the change does not decide about the files that it extends
			files = r.set.Base.FS
		}
		return config.LoadIn(files, ".", r.set.GivenName, r.set.Given, rules())
	case r.set.Bare, name == "":
		return config.Config{}, nil
	}
	conf, err := config.Load(r.now, name, r.show(name), rules())
	switch {
	case err == nil:
		r.confs[name] = conf
	case r.set.Lenient:
		if !r.brokenByName[name] {
			content, _ := source.ReadFile(r.now, name) // on an error the content is empty and err describes it
			r.brokenByName[name], r.broken = true, append(r.broken, configProblem(name, content, err))
		}
		return r.confs[name], nil
	}
	return conf, err
}

// unreadable returns the problems of artifacts that a configuration extends and that cannot be read.
func (r *resolver) unreadable(name string) []finding.Problem {
	dir, shown := path.Dir(name), name
	var content []byte
	switch {
	case r.set.Bare:
		return nil
	case r.set.Given != nil:
		dir, shown, content = ".", r.set.GivenName, r.set.Given.Content
	default:
		content, _ = source.ReadText(r.now, name) // without a configuration there is nothing to report
	}
	refs, err := config.Artifacts(r.now, dir, shown, content)
	var problems []finding.Problem
	if err != nil {
		problems = append(problems, configProblem(shown, content, err))
	}
	for _, ref := range refs {
		if err := artifact.Check(r.now, ref); err != nil {
			problems = append(problems, finding.Problem{Range: source.Range{Path: shown}, Message: "extends: " + ref.String() + " " + err.Error()})
		}
	}
	return problems
}

// look reports problems of a configuration that applies to no unit.
func (r *resolver) look(ctx context.Context, name string) {
	for n := range r.groups {
		if n.now == name {
			return
		}
	}
	g := &group{names: names{now: name}}
	r.loadRules(ctx, g)
	_, _ = r.read(name, func() finding.IDs { return finding.IDsOf(g.rules.All()) }) // errors are added to the problems
}

// inConfig matches the part of a configuration error after the file name: the line and the message.
var inConfig = regexp.MustCompile(`(?s)^:(?: line )?(\d+): (.*)$`)

// configProblem converts an error of a configuration to a problem, at its line if the error contains one.
func configProblem(name string, content []byte, err error) finding.Problem {
	text := strings.TrimPrefix(err.Error(), name)
	p := finding.Problem{Message: strings.TrimPrefix(text, ": ")}
	p.Range.Path = name
	if m := inConfig.FindStringSubmatch(text); m != nil {
		line, _ := strconv.Atoi(m[1]) // the pattern matches digits only
		file := source.NewFile(name, content)
		p.Range.Start = file.OffsetRunes(line, 1)
		p.Range.End = p.Range.Start + len(file.Line(line))
		p.Message = m[2]
	}
	return p
}

// Configurations returns the paths of all configurations in a tree, and what could not be searched.
func Configurations(files fs.FS) (names []string, problems []finding.Problem) {
	short := parsers.Walk(files, ".", func(p string, _ fs.DirEntry, err error) {
		switch {
		case err != nil:
			problems = append(problems, finding.Problem{Range: source.Range{Path: p}, Message: err.Error()})
		case config.IsName(p):
			names = append(names, p)
		}
	})
	return names, slices.Concat(problems, short)
}
