package parsers

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// toolGap returns the gap that a file of another tool stands for. It is false when the file is something else, or
// when the output of the tool is in its place and is checked instead.
func (f *finder) toolGap(p string) (finding.Gap, bool) {
	gap := finding.Gap{Range: source.Range{Path: p}}
	content, err := source.ReadFile(f.fsys, p)
	if err != nil {
		return gap, false
	}
	content = source.WithoutMark(content)
	switch source.ToolOf(p) {
	case source.ServerlessFramework:
		gap.Cause = finding.GapServerless
		gap.Message = `the service of the Serverless Framework was not checked; run "serverless package" and check the templates in .serverless`
		if !isServerless(content) || f.hasOutput(p, gap.Cause, ".serverless", "cloudformation-template-") {
			return gap, false
		}
	case source.CDK:
		gap.Cause = finding.GapCDK
		gap.Message = `the CDK application was not checked, because its output is missing; run "cdk synth"`
		var settings struct{ App, Output string }
		if json.Unmarshal(content, &settings) != nil || settings.App == "" ||
			f.hasOutput(p, gap.Cause, cmp.Or(settings.Output, "cdk.out"), "manifest.json") {
			return gap, false
		}
	case source.Submodules:
		missing := f.missingSubmodules(path.Dir(p), content)
		f.mu.Lock()
		f.skipped.listed = append(f.skipped.listed, missing...)
		f.mu.Unlock()
		gap.Cause = finding.GapSkipped
		gap.Message = "submodules that are not checked out were not checked: " + listed(missing) + `; run "git submodule update --init"`
		return gap, len(missing) > 0
	default:
		return gap, false
	}
	return gap, true
}

// maxSubmodules is the number of submodules that are looked for. Repositories have a few.
const maxSubmodules = 1000

// missingSubmodules returns the directories of submodules that contain no files, from the file of a directory that lists them
// (https://git-scm.com/docs/gitmodules).
func (f *finder) missingSubmodules(dir string, content []byte) []string {
	var missing []string
	for line := range strings.Lines(string(content)) {
		key, value, _ := strings.Cut(line, "=")
		if !strings.EqualFold(strings.TrimSpace(key), "path") {
			continue
		}
		name := path.Join(dir, strings.Trim(strings.TrimSpace(value), `"`))
		if !fs.ValidPath(name) || len(missing) == maxSubmodules {
			continue
		}
		if entries, err := fs.ReadDir(f.fsys, name); err != nil || len(entries) == 0 {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

// listed writes names as a list. Of many it writes the first ones.
func listed(names []string) string {
	const few = 5
	if more := len(names) - few; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), more)
	}
	return strings.Join(names, ", ")
}

// isServerless reports whether a file with a name of the Serverless Framework describes a service. Other programs have
// files with these names.
func isServerless(content []byte) bool {
	return bytes.Contains(content, []byte("provider")) && bytes.Contains(content, []byte("service"))
}

// hasOutput reports whether the directory that a tool writes to contains a file whose name begins with a prefix, and
// notes the directory. file is that of the tool.
func (f *finder) hasOutput(file string, cause finding.GapCause, dir, prefix string) bool {
	dir = path.Join(path.Dir(file), dir)
	if !fs.ValidPath(dir) {
		return false
	}
	entries, _ := fs.ReadDir(f.fsys, dir) // one that does not exist has no output
	if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), prefix) }) {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.skipped.outputs = append(f.skipped.outputs, output{file, dir, cause})
	return true
}

// findGaps adds the gaps of the files of other tools.
func (f *finder) findGaps() {
	slices.Sort(f.tools)
	f.tools = slices.Compact(f.tools)
	found := make([]finding.Gap, len(f.tools))
	is := make([]bool, len(f.tools))
	parallel(len(f.tools), func(i int) {
		if !f.limit.isOver(f.tools[i]) {
			found[i], is[i] = f.toolGap(f.tools[i])
		}
	})
	for i := range found {
		if is[i] {
			f.gaps = append(f.gaps, found[i])
		}
	}
	f.gaps = append(f.gaps, f.terragruntGaps()...)
	for _, p := range f.tools {
		if source.ToolOf(p) == source.SAMCLI && !f.limit.isOver(p) {
			f.samConfig(p)
		}
	}
	slices.SortFunc(f.skipped.outputs, func(a, b output) int { return strings.Compare(a.file, b.file) })
}

// isPointer reports whether a file stands for one whose content Git LFS keeps elsewhere
// (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
func isPointer(content []byte) bool {
	const maxPointer = 1024 // bytes
	return len(content) < maxPointer && bytes.HasPrefix(content, []byte("version https://git-lfs.github.com/spec/v1\n"))
}
