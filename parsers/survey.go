package parsers

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/parsers/cloudformation"
	"lintel/parsers/terraform"
)

// survey is what the texts of a unit may offer to others. To read a text is cheaper than to evaluate it.
type survey struct {
	exports bool // exports of a stack
	stores  bool // parameters of the parameter store
	names   []string
	texts   [][]byte // if it may offer any
}

// mayOffer reports whether the texts may have an offer of a kind with a word in its name.
func (s *survey) mayOffer(w words) bool {
	has := w.kind == deployment.StackExport && s.exports || w.kind == deployment.StoreParameter && s.stores
	return has && slices.ContainsFunc(s.texts, func(text []byte) bool { return bytes.Contains(text, []byte(w.last)) })
}

// survey looks at the texts of all units.
func (r *Repository) survey() []survey {
	units := r.units()
	all := make([]survey, len(units))
	parallel(len(units), func(i int) {
		if r.ctx.Err() == nil && isOffering(units[i]) {
			all[i] = surveyOf(r.fsys, units[i])
		}
	})
	return all
}

// surveyOf looks at the texts of a unit.
func surveyOf(fsys fs.FS, u deployment.Unit) survey {
	var s survey
	for _, name := range textsOf(fsys, u) {
		if content, err := source.ReadText(fsys, name); err == nil {
			s.add(content)
			s.texts = append(s.texts, content)
		}
	}
	if !s.exports && !s.stores {
		s.texts = nil
	}
	return s
}

// textsOf returns the files of a unit: a template and those that are nested in it, or those of a root module and of the modules
// that it calls.
func textsOf(fsys fs.FS, u deployment.Unit) []string {
	if u.Kind == deployment.Template {
		content, err := source.ReadText(fsys, u.Root)
		if err != nil {
			return nil
		}
		_, nested := cloudformation.Nested(fsys, u.Root, content)
		return append([]string{u.Root}, nested...)
	}
	var names []string
	seen := map[string]bool{}
	for dirs := []string{u.Root}; len(dirs) > 0; dirs = dirs[1:] {
		if seen[dirs[0]] {
			continue
		}
		seen[dirs[0]] = true
		entries, _ := fs.ReadDir(fsys, dirs[0])
		for _, entry := range entries {
			if !entry.IsDir() && isInModule(entry.Name()) {
				names = append(names, path.Join(dirs[0], entry.Name()))
			}
		}
		dirs = append(dirs, terraform.RoleOf(fsys, dirs[0]).Calls...)
	}
	return names
}

func (s *survey) add(content []byte) {
	s.exports = s.exports || bytes.Contains(content, []byte("Export"))
	for _, declaration := range []string{`resource "aws_ssm_parameter"`, `"aws_ssm_parameter":`, "AWS::SSM::Parameter"} {
		s.stores = s.stores || bytes.Contains(content, []byte(declaration))
	}
	s.names = append(s.names, namesIn(content)...)
}

// namesIn returns the literal values of the properties and arguments of a text for names: their own names end in "name" or "bucket".
func namesIn(content []byte) []string {
	const maxName = 256
	var names []string
	for rest := content; ; {
		i := bytes.IndexAny(rest, ":=")
		if i < 0 {
			return names
		}
		key := bytes.TrimRight(bytes.TrimRight(rest[max(0, i-maxName):i], " \t"), `"'`)
		rest = rest[i+1:]
		if !endsIn(key, "name") && !endsIn(key, "bucket") {
			continue
		}
		value := bytes.TrimLeft(bytes.TrimLeft(rest[:min(len(rest), maxName)], " \t"), `"'`)
		if end := bytes.IndexFunc(value, func(c rune) bool { return !isOfName(c) }); end >= 0 {
			value = value[:end]
		}
		if len(value) > 0 {
			names = append(names, string(value))
		}
	}
}

func endsIn(key []byte, word string) bool {
	return len(key) >= len(word) && bytes.EqualFold(key[len(key)-len(word):], []byte(word))
}

func isOfName(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("_./-", c)
}

// namesWritten returns the units that write a name, by it.
func (r *Repository) namesWritten() map[string][]deployment.Unit {
	all := map[string][]deployment.Unit{}
	for i, s := range r.surveys() {
		u := r.units()[i]
		for _, name := range s.names {
			if units := all[name]; len(units) == 0 || units[len(units)-1] != u {
				all[name] = append(units, u)
			}
		}
	}
	return all
}
