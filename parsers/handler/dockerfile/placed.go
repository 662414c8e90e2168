package dockerfile

import (
	"path"
	"strings"
)

// maxPlaces is how many places the copies of all stages together may look at.
const maxPlaces = 100_000

// Place is where a file or directory of the build context is in an image. Whether its source is a file or a directory is not known.
type Place struct {
	Source string // path in the build context; its last element may be a pattern
	Target string // absolute path
	Into   bool   // a file is below the target, with its name
	IsFile bool   // nothing is there if the source is a directory
}

// Places returns for each stage where it has files of the build context, in the order of the copies. A stage that exceeds the limit
// becomes partly known.
func Places(stages []Stage) [][]Place {
	all := make([][]Place, len(stages))
	left := maxPlaces
	for i := range stages {
		for _, c := range stages[i].Copies {
			if left--; c.From >= 0 {
				left -= len(all[c.From])
			}
			if left < 0 {
				stages[i].IsPartly = true
				break
			}
			places := []Place{{c.Source, c.Target, c.Into, false}}
			if c.From >= 0 {
				places = moved(all[c.From], c)
				stages[i].HasMore = stages[i].HasMore || len(stages[c.From].Commands) > 0 || stages[c.From].HasMore
				stages[i].IsPartly = stages[i].IsPartly || stages[c.From].IsPartly
			}
			all[i] = append(all[i], places...)
		}
	}
	return all
}

// moved returns the places of a stage that another stage copies.
func moved(places []Place, c Copy) []Place {
	from := c.Source
	if hasPattern(path.Base(from)) {
		from = path.Dir(from)
	}
	var found []Place
	for _, p := range places {
		if rest, ok := below(from, p.Target); ok {
			found = append(found, Place{p.Source, path.Join(c.Target, rest), p.Into, p.IsFile})
			if rest == "" && c.Into && !p.Into {
				found = append(found, Place{p.Source, path.Join(c.Target, path.Base(from)), false, true})
			}
			continue
		}
		rest, ok := below(p.Target, from)
		if !ok {
			continue
		}
		for _, source := range p.sources(rest) {
			found = append(found, Place{source, c.Target, c.Into, false})
		}
	}
	return found
}

// Sources returns the paths in the build context that an absolute path in the image may come from.
func (p Place) Sources(name string) []string {
	rest, ok := below(p.Target, name)
	if !ok {
		return nil
	}
	return p.sources(rest)
}

// sources returns the paths in the build context of a path below the target.
func (p Place) sources(rest string) []string {
	dir, base := path.Split(p.Source)
	var all []string
	switch {
	case p.IsFile && rest != "":
		return nil
	case !hasPattern(base):
		if all = append(all, path.Join(p.Source, rest)); rest == base && p.Into {
			all = append(all, p.Source)
		}
		return all
	}
	if isMatch, err := path.Match(base, rest); isMatch && err == nil {
		all = append(all, path.Join(dir, rest))
	}
	return all
}

func hasPattern(name string) bool { return strings.ContainsAny(name, "*?[") }

// below returns the rest of a path after a directory. It is false if the path is not the directory or below it.
func below(dir, name string) (rest string, ok bool) {
	if dir == name {
		return "", true
	}
	if dir == "/" {
		return strings.TrimPrefix(name, "/"), true
	}
	return strings.CutPrefix(name, dir+"/")
}
