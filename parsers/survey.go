package parsers

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"

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
		}
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

// nameWritten matches a property or argument for a name with a literal value.
var nameWritten = regexp.MustCompile(`(?i)[a-z_]*(?:name|bucket)["']?[ \t]*[:=][ \t]*["']?([a-z0-9_./-]{1,256})`)

func (s *survey) add(content []byte) {
	s.exports = s.exports || bytes.Contains(content, []byte("Export"))
	s.stores = s.stores || bytes.Contains(content, []byte("aws_ssm_parameter")) || bytes.Contains(content, []byte("AWS::SSM::Parameter"))
	for _, match := range nameWritten.FindAllSubmatch(content, -1) {
		s.names = append(s.names, string(match[1]))
	}
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
