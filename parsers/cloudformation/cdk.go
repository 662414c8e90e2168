package cloudformation

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sourcemap/sourcemap"

	"lintel/internal/source"
)

// origin is where the CDK says that a resource comes from.
type origin struct {
	construct string       // path of the construct: Orders/Api/Resource
	at        source.Range // the user's own line that made it; zero: not known
	source    string       // the same as file:line:column, when the file is not there
	framework bool         // the CDK made it for its own purposes
}

// assembly is the manifest of a cloud assembly, as far as it is needed here
// (https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema).
type assembly struct {
	Artifacts map[string]struct {
		Type       string
		Properties struct {
			TemplateFile string
			File         string
		}
		Metadata               map[string][]metadataEntry
		AdditionalMetadataFile string
	}
}

type metadataEntry struct {
	Type  string
	Data  json.RawMessage
	Trace []string
}

// origins returns what the assembly around a template says of its resources, by their logical
// ids. It is nil when the template is no output of the CDK.
func (rd *reader) origins(template string) map[string]origin {
	var manifest assembly
	dir := path.Dir(template)
	if !rd.decode(path.Join(dir, "manifest.json"), &manifest) {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(manifest.Artifacts)) {
		artifact := manifest.Artifacts[name]
		if artifact.Type != "aws:cloudformation:stack" || artifact.Properties.TemplateFile != path.Base(template) {
			continue
		}
		metadata := artifact.Metadata
		if artifact.AdditionalMetadataFile != "" {
			rd.decode(path.Join(dir, path.Base(artifact.AdditionalMetadataFile)), &metadata)
		}
		return rd.fromMetadata(metadata)
	}
	return nil
}

func (rd *reader) decode(name string, into any) bool {
	content, err := source.ReadFile(rd.fsys, name)
	return err == nil && json.Unmarshal(content, into) == nil
}

func (rd *reader) fromMetadata(metadata map[string][]metadataEntry) map[string]origin {
	var handlers []string                      // constructs that hold functions of the CDK's own
	for construct, entries := range metadata { // any order: only whether there is one counts
		for _, e := range entries {
			if strings.HasPrefix(e.Type, "aws:cdk:is-custom-resource-handler") {
				handlers = append(handlers, construct)
			}
		}
	}
	found := map[string]origin{}
	for _, construct := range slices.Sorted(maps.Keys(metadata)) {
		var id string
		var frames []string
		for _, e := range metadata[construct] {
			switch e.Type {
			case "aws:cdk:logicalId":
				_ = json.Unmarshal(e.Data, &id)
				frames = append(frames, e.Trace...)
			case "aws:cdk:creationStack":
				var stack []string
				_ = json.Unmarshal(e.Data, &stack)
				frames = append(frames, stack...)
			}
		}
		if id == "" {
			continue
		}
		o := origin{construct: strings.TrimPrefix(construct, "/"), framework: isFramework(construct)}
		o.at, o.source = rd.userLine(frames)
		for _, handler := range handlers {
			o.framework = o.framework || construct == handler || strings.HasPrefix(construct, handler+"/")
		}
		found[id] = o
	}
	return found
}

// asset returns the file of an assembly with a hash, by the asset manifests of its stacks.
func (rd *reader) asset(dir, hash string) (string, bool) {
	var manifest assembly
	if hash == "" || !rd.decode(path.Join(dir, "manifest.json"), &manifest) {
		return "", false
	}
	for _, name := range slices.Sorted(maps.Keys(manifest.Artifacts)) {
		artifact := manifest.Artifacts[name]
		var assets struct {
			Files map[string]struct{ Source struct{ Path string } }
		}
		if artifact.Type == "cdk:asset-manifest" && rd.decode(path.Join(dir, path.Base(artifact.Properties.File)), &assets) {
			if file, ok := assets.Files[hash]; ok {
				return file.Source.Path, true
			}
		}
	}
	return "", false
}

// frameworkNames begin the names of constructs that the CDK adds on its own: the providers of its
// custom resources, with the hashes that aws-cdk-lib fixes for its singletons.
var frameworkNames = []string{ //nolint:gochecknoglobals // a table, never written
	"LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a",
	"BucketNotificationsHandler050a0587b7544547bf325f094a3db834",
	"AWS679f53fac002430cb0da5b7982bd2287",
	"Custom::",
	"framework-onEvent", "framework-isComplete", "framework-onTimeout",
}

func isFramework(construct string) bool {
	for name := range strings.SplitSeq(construct, "/") {
		for _, own := range frameworkNames {
			if strings.HasPrefix(name, own) {
				return true
			}
		}
	}
	return false
}

// frame is a line of a stack trace: name (file:line:column).
var frame = regexp.MustCompile(`\(?([^()\s][^()]*?):(\d+):(\d+)\)?$`)

// userLine returns the first frame in the user's own code whose file is there. If there is none, it returns the text of
// the first frame.
func (rd *reader) userLine(frames []string) (at source.Range, first string) {
	for _, text := range frames {
		match := frame.FindStringSubmatch(text)
		if match == nil || strings.Contains(match[1], "node_modules") || strings.HasPrefix(match[1], "node:") {
			continue
		}
		line, _ := strconv.Atoi(match[2])
		column, _ := strconv.Atoi(match[3])
		name := strings.TrimPrefix(strings.ReplaceAll(match[1], `\`, "/"), "file://")
		if at := rd.line(name, line, column); !at.IsZero() {
			return at, ""
		}
		if first == "" {
			first = fmt.Sprintf("%s:%d:%d", name, line, column)
		}
	}
	return source.Range{}, first
}

// line finds a line of a file that is named by its absolute path on the machine where the app
// ran: the longest end of the path that is here. Where a source map tells, it is the line of the
// file that was compiled.
func (rd *reader) line(name string, line, column int) source.Range {
	for rest := strings.TrimLeft(name, "/"); rest != ""; {
		if at := rd.lineOf(rest, line, column); !at.IsZero() {
			if original := rd.compiledFrom(rest, line, column); !original.IsZero() {
				return original
			}
			return at
		}
		_, after, found := strings.Cut(rest, "/")
		if !found {
			break
		}
		rest = after
	}
	return source.Range{}
}

func (rd *reader) lineOf(name string, line, column int) source.Range {
	name = path.Clean(name)
	content, err := source.ReadFile(rd.fsys, name)
	if err != nil {
		return source.Range{}
	}
	file := source.NewFile(name, content)
	text := file.Line(line)
	if text == "" || column > len(text) {
		return source.Range{}
	}
	rd.files[name] = file
	start := file.OffsetRunes(line, max(1, column))
	return source.Range{Path: name, Start: start, End: file.OffsetRunes(line, 1) + len(text)}
}

// compiledFrom follows the source map next to a file.
func (rd *reader) compiledFrom(name string, line, column int) source.Range {
	content, err := source.ReadFile(rd.fsys, name+".map")
	if err != nil {
		return source.Range{}
	}
	original, originalLine, originalColumn, ok := mapped(content, line, column)
	if !ok {
		return source.Range{}
	}
	return rd.lineOf(path.Join(path.Dir(name), original), originalLine, originalColumn)
}

// mapped returns the place that a source map gives for a line and column, which start at 1. It is false if there is none, and for a
// map in which the library goes beyond a list, with which it panics: a file beside a compiled one must not end the check of a stack.
func mapped(content []byte, line, column int) (name string, originalLine, originalColumn int, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	mapping, err := sourcemap.Parse("", content)
	if err != nil {
		return "", 0, 0, false
	}
	name, _, originalLine, originalColumn, ok = mapping.Source(line, column-1)
	return name, originalLine, originalColumn + 1, ok
}
