package parsers

import (
	"bytes"
	"context"
	"hash/maphash"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
)

// survey is what the units of a tree may offer to others by their texts. To look at a text is cheaper than to evaluate it.
type survey struct {
	units    []deployment.Unit          // those that were found, and those of their roots without the values of an environment
	found    []deployment.Unit          // by a search
	texts    []texts                    // of the units
	offering map[string]deployment.Unit // units that can offer something, by root
	writing  map[string][]int32         // indices of units that write a name, by it
	words    map[string][]int           // indices of units that may offer exports, parameters or states, by their words
	parts    map[string][]string        // see Found
	ofHash   func() occurrences         // of the words in the texts that can be names
}

// texts is what the texts of a unit may offer, with their words if it is any of the first three.
type texts struct {
	exports, stores, states bool
	names                   map[string]bool // literal names of resources
	words                   map[string]bool
	hashes                  []uint64 // of the words that can be names, sorted, without duplicates
}

// newSurvey looks at the texts of all units that were found in a tree.
func newSurvey(ctx context.Context, fsys fs.FS, found Found) *survey {
	units := plain(found.Units)
	s := &survey{
		units: units, found: found.Units, texts: make([]texts, len(units)), parts: found.parts,
		offering: map[string]deployment.Unit{}, writing: map[string][]int32{}, words: map[string][]int{},
	}
	parallel(len(s.units), func(i int) {
		if ctx.Err() == nil && isOffering(s.units[i]) {
			s.texts[i] = textsOf(fsys, s.units[i], s.parts)
		}
	})
	for i, u := range s.units {
		if isOffering(u) {
			s.offering[u.Root] = u
		}
		for name := range s.texts[i].names { // any order: the units of each name are in theirs
			s.writing[name] = append(s.writing[name], int32(i)) //nolint:gosec // far fewer units
		}
		for word := range s.texts[i].words { // as above
			s.words[word] = append(s.words[word], i)
		}
	}
	s.ofHash = sync.OnceValue(s.occurrences)
	return s
}

// unitsWriting returns the units that write a name.
func (s *survey) unitsWriting(name string) []deployment.Unit {
	indices := s.writing[name]
	units := make([]deployment.Unit, len(indices))
	for at, i := range indices {
		units[at] = s.units[i]
	}
	return units
}

// plain returns units with those of their roots that have no values of an environment.
func plain(units []deployment.Unit) []deployment.Unit {
	all := slices.Clone(units)
	for _, u := range units {
		all = append(all, u.Plain())
	}
	return sorted(all)
}

// checked returns the units that a search has found for one of the survey: itself, or those with the values of an environment.
func (s *survey) checked(u deployment.Unit) []deployment.Unit {
	var found []deployment.Unit
	for _, other := range s.found {
		if other.Root == u.Root && (other == u || other.Environment.IsFirst) {
			found = append(found, other)
		}
	}
	return found
}

// hashSeed is that of the hashes of words.
var hashSeed = maphash.MakeSeed() //nolint:gochecknoglobals // never written

// occurrences are the units whose texts have a word, by its hash: a list for each hash, in one array. Of a word in many units, only some
// are noted.
type occurrences struct {
	first map[uint64]int32 // index in all
	all   []occurrence
}

// occurrence is a word in a unit.
type occurrence struct {
	unit int32 // index of the unit
	next int32 // index of the next one, if n > 1
	n    int32 // number of occurrences in the list from here
}

// unitsOfWord is about the number of units of a tree that have a word in common.
const unitsOfWord = 3

// occurrences returns the units by the words of their texts.
func (s *survey) occurrences() occurrences {
	n := 0
	for i := range s.units {
		n += len(s.texts[i].hashes)
	}
	o := occurrences{first: make(map[uint64]int32, n/unitsOfWord), all: make([]occurrence, 0, n)}
	for i := range s.units {
		for _, hash := range s.texts[i].hashes {
			one := occurrence{unit: int32(i), n: 1} //nolint:gosec // far fewer units
			if next, ok := o.first[hash]; ok {
				one.next, one.n = next, o.all[next].n+1
			}
			if one.n <= maxWriting+1 {
				o.first[hash] = int32(len(o.all)) //nolint:gosec // the texts of a tree are smaller
				o.all = append(o.all, one)
			}
		}
		s.texts[i].hashes = nil
	}
	return o
}

// mentioning returns the units whose texts have a name as a word, more than maxWriting if it is in more. It is false for names
// that are not one word.
func (s *survey) mentioning(name string) (units []deployment.Unit, isWord bool) {
	if strings.ContainsFunc(name, func(c rune) bool { return isNotOfWord(c) && c != '-' && c != '_' }) {
		return nil, false
	}
	o := s.ofHash()
	at, ok := o.first[maphash.String(hashSeed, name)]
	for ; ok; at = o.all[at].next {
		units = append(units, s.units[o.all[at].unit])
		ok = o.all[at].n > 1
	}
	slices.Reverse(units)
	return units, true
}

// mayRefer reports whether another unit may refer to what is in a unit that was read.
func (s *survey) mayRefer(u deployment.Unit, parsed *deployment.Parsed) bool {
	return slices.ContainsFunc(parsed.Offers, func(o deployment.Offer) bool { return o.Kind != deployment.StateOutput || s.readsStates() }) ||
		slices.ContainsFunc(parsed.Stack.Names(), func(n model.Named) bool { return s.isNamedBeside(u, n.Name) })
}

// readsStates reports whether a unit may read the outputs of another one.
func (s *survey) readsStates() bool {
	units, _ := s.mentioning("terraform_remote_state")
	return len(units) > 0 || slices.ContainsFunc(s.found, func(u deployment.Unit) bool { return source.IsTerragrunt(u.Environment.File) })
}

// isNamedBeside reports whether another unit can refer to a resource of a unit by a name: those that many units have lead nowhere.
func (s *survey) isNamedBeside(u deployment.Unit, name string) bool {
	units, isWord := s.mentioning(name)
	return !isWord || len(units) <= maxWriting && slices.ContainsFunc(units, func(other deployment.Unit) bool { return other.Root != u.Root })
}

// lengthOfWord is about the length of a word with what separates it from the next one, in bytes.
const lengthOfWord = 12

// textsOf looks at the texts of a unit.
func textsOf(fsys fs.FS, u deployment.Unit, parts map[string][]string) texts {
	t := texts{names: map[string]bool{}}
	var contents [][]byte
	for _, name := range filesOf(fsys, u, parts) {
		content, err := source.ReadText(fsys, name)
		if err != nil {
			continue // its own check reports it
		}
		addNames(content, t.names)
		contents = append(contents, content)
		t.hashes = slices.Grow(t.hashes, len(content)/lengthOfWord)
		model.Words(content, func(word []byte) { t.hashes = append(t.hashes, maphash.Bytes(hashSeed, word)) })
	}
	slices.Sort(t.hashes)
	t.hashes = slices.Clip(slices.Compact(t.hashes))
	t.look(contents, u.Kind)
	if t.exports || t.stores || t.states {
		t.words = map[string]bool{}
		for _, content := range contents {
			addWords(content, t.words)
		}
	}
	return t
}

// look sets what the texts of a unit of a kind may offer.
func (t *texts) look(contents [][]byte, kind deployment.Kind) {
	has := func(word string) bool {
		_, found := slices.BinarySearch(t.hashes, maphash.String(hashSeed, word))
		return found
	}
	if kind == deployment.TerraformModule {
		t.stores, t.states = has("aws_ssm_parameter"), has("backend") || has("cloud")
		return
	}
	t.exports, t.stores = has("Export"), slices.ContainsFunc(contents, declaresStoreParameter)
}

// declaresStoreParameter reports whether a template may declare a parameter of the parameter store: AWS::SSM::Parameter::Value<…> is the
// type of a parameter that is read from there.
func declaresStoreParameter(template []byte) bool {
	const kind = "AWS::SSM::Parameter"
	return bytes.Count(template, []byte(kind)) > bytes.Count(template, []byte(kind+"::"))
}

// filesOf returns the files of a unit: a template and those that are nested in it, or those of a root module and of the modules
// that it calls.
func filesOf(fsys fs.FS, u deployment.Unit, parts map[string][]string) []string {
	all := map[string]bool{}
	cover(u.Root, parts, all)
	if u.Kind == deployment.Template {
		return slices.Sorted(maps.Keys(all))
	}
	var names []string
	for _, dir := range slices.Sorted(maps.Keys(all)) {
		entries, _ := fs.ReadDir(fsys, dir)
		for _, entry := range entries {
			if !entry.IsDir() && isInModule(entry.Name()) {
				names = append(names, path.Join(dir, entry.Name()))
			}
		}
	}
	return names
}

// offersValues reports whether a unit may offer exports, parameters or outputs in a state, by its texts.
func (s *survey) offersValues(u deployment.Unit) bool {
	i, ok := slices.BinarySearchFunc(s.units, u, deployment.Unit.Compare)
	return !ok || s.texts[i].words != nil || u.Kind == deployment.TerraformModule // a state may be local without a word for it
}

// offeringWith returns the units that may have an offer of a kind with a word in its name.
func (s *survey) offeringWith(w words) []deployment.Unit {
	var found []deployment.Unit
	for _, i := range s.words[w.last] {
		if w.kind == deployment.StackExport && s.texts[i].exports || w.kind == deployment.StoreParameter && s.texts[i].stores {
			found = append(found, s.units[i])
		}
	}
	return found
}

// withStateAt returns the root modules that may have the state at an address: one with a local state may be without a backend.
func (s *survey) withStateAt(address string) []deployment.Unit {
	var found []deployment.Unit
	for _, i := range s.words[lastWord(deployment.Key{Name: address})] {
		if s.texts[i].states {
			found = append(found, s.units[i])
		}
	}
	if name, ok := strings.CutPrefix(address, deployment.StateIn); ok {
		return slices.DeleteFunc(slices.Clone(s.units), func(u deployment.Unit) bool { return path.Base(u.Root) != name })
	}
	if file, isLocal := strings.CutPrefix(address, "local:"); isLocal {
		if u, ok := s.offering[path.Dir(file)]; ok && !slices.Contains(found, u) {
			found = append(found, u)
		}
	}
	return found
}

// addNames adds the literal values of the properties and arguments of a text for names: their own names end in "name" or "bucket".
func addNames(content []byte, names map[string]bool) {
	const maxName = 256
	for rest := content; ; {
		i := bytes.IndexAny(rest, ":=")
		if i < 0 {
			return
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
			names[string(value)] = true
		}
	}
}

func endsIn(key []byte, word string) bool {
	return len(key) >= len(word) && bytes.EqualFold(key[len(key)-len(word):], []byte(word))
}

func isOfName(c rune) bool { return !isNotOfWord(c) || strings.ContainsRune("_./-", c) }

// addWords adds the words of a text.
func addWords(content []byte, words map[string]bool) {
	model.Runs(content, model.IsLetterOrDigit, func(word []byte) {
		if !words[string(word)] {
			words[string(word)] = true
		}
	})
}

// isNotOfWord reports whether a character separates words.
func isNotOfWord(c rune) bool { return c > unicode.MaxASCII || !model.IsLetterOrDigit(byte(c)) }
