// Package setup creates the files that add lintel to a repository: the configuration, the pre-commit hook and the
// pipeline. It never changes existing files.
package setup

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"

	"lintel/internal/write"
)

//go:embed files
var files embed.FS

// Kind is the purpose of a file.
type Kind string

// The kinds.
const (
	Config Kind = "config"
	Hook   Kind = "hook"
	GitHub Kind = "github"
	GitLab Kind = "gitlab"
)

// File is a file for a repository.
type File struct {
	Kind    Kind
	Name    string // path from the root of the repository, slash-separated
	Content string
	Snippet string // lines to add to an existing file; empty: none
}

// Source is the repository and commit to build lintel from. The zero Source is unset.
type Source struct{ URL, Commit string }

// Templates insert the values into YAML and shell commands; the patterns exclude characters with a meaning there.
var (
	address = regexp.MustCompile(`^(https://|ssh://|git@[A-Za-z0-9.-]+:)[A-Za-z0-9][A-Za-z0-9._~/:@%+-]*$`)
	commit  = regexp.MustCompile(`^[0-9a-f]{40}$`)
	project = regexp.MustCompile(`^https://[^/]+/([A-Za-z0-9._-]+/[A-Za-z0-9._-]+?)(\.git)?/?$`)
)

// ParseSource parses URL@COMMIT. Without a commit it uses own, the commit of this build of lintel.
func ParseSource(text, own string) (Source, error) {
	url, at := text, own
	if i := strings.LastIndexByte(text, '@'); i > strings.LastIndexByte(text, ':') {
		url, at = text[:i], text[i+1:]
	}
	switch {
	case !address.MatchString(url):
		return Source{}, fmt.Errorf("%q is not a repository URL; use the form https://HOST/OWNER/lintel@COMMIT", text)
	case at == "":
		return Source{}, fmt.Errorf("%q has no commit, and this build of lintel does not contain its own; use %s@COMMIT", text, url)
	case !commit.MatchString(at):
		return Source{}, fmt.Errorf("%q is not a commit; use all 40 digits, because tags and branches can be moved", at)
	}
	return Source{url, at}, nil
}

var errNoSource = errors.New("the pipeline builds lintel from source; give --source URL@COMMIT")

// Make returns the file of a kind.
func Make(kind Kind, src Source) (File, error) {
	switch kind {
	case Config:
		return File{Kind: kind, Name: ".lintel.yaml", Content: read("lintel.yaml", src)}, nil
	case Hook:
		entry := read("hook-system.yaml", src)
		if src != (Source{}) {
			entry = read("hook-source.yaml", src)
		}
		return File{kind, ".pre-commit-config.yaml", "repos:\n" + entry, entry}, nil
	case GitHub:
		name := ".github/workflows/lintel.yml"
		if src == (Source{}) {
			return File{}, fmt.Errorf("%s: %w", name, errNoSource)
		}
		if !project.MatchString(src.URL) {
			return File{}, fmt.Errorf("%s: an action requires a source of the form https://HOST/OWNER/NAME, not %s", name, src.URL)
		}
		return File{Kind: kind, Name: name, Content: read("github.yml", src)}, nil
	default:
		if src == (Source{}) {
			return File{}, fmt.Errorf(".gitlab-ci.yml: %w", errNoSource)
		}
		job := read("gitlab.yml", src)
		return File{kind, ".gitlab-ci.yml", job, job}, nil
	}
}

// read returns a template with the source inserted.
func read(name string, src Source) string {
	content, err := files.ReadFile("files/" + name)
	if err != nil {
		panic(err) // the files are embedded
	}
	return strings.NewReplacer("{{url}}", src.URL, "{{commit}}", src.Commit, "{{uses}}", project.ReplaceAllString(src.URL, "$1"), "{{schema}}", schema(src)).Replace(string(content))
}

// schema returns the comment through which editors find the JSON schema of the configuration: at its source, or in a file that
// the user can write.
func schema(src Source) string {
	if m := project.FindStringSubmatch(src.URL); m != nil {
		url := strings.TrimSuffix(strings.TrimSuffix(src.URL, "/"), m[2])
		return "# yaml-language-server: $schema=" + url + "/raw/" + src.Commit + "/docs/lintel.schema.json"
	}
	return "# For completion in editors, run: lintel schema config >.lintel.schema.json, and make this the first line:\n" +
		"# # yaml-language-server: $schema=.lintel.schema.json"
}

// State is the state of a file in a repository.
type State int

// The states.
const (
	Written State = iota // created
	Present              // exists and mentions lintel
	Open                 // exists without lintel; the user must add the snippet
)

// Write creates a file unless it exists. Symlinks cannot lead out of root.
func Write(root *os.Root, f File) (State, error) {
	if dir := path.Dir(f.Name); dir != "." {
		if err := root.MkdirAll(dir, 0o755); err != nil {
			return Open, fmt.Errorf("create %s: %w", dir, inner(err))
		}
	}
	err := write.Create(root, f.Name, []byte(f.Content))
	if errors.Is(err, fs.ErrExist) {
		return state(root, f)
	}
	if err != nil {
		return Open, fmt.Errorf("create %s: %w", f.Name, inner(err))
	}
	return Written, nil
}

// Find returns the state of a file: Present or Open if it exists, else Written.
func Find(root *os.Root, f File) (State, error) {
	if f.Kind == Config {
		if _, err := root.Lstat(".lintel.yml"); err == nil { // the other name of the same file
			return Present, nil
		}
	}
	_, err := root.Lstat(f.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Written, nil
	case err != nil:
		return Open, fmt.Errorf("look for %s: %w", f.Name, inner(err))
	}
	return state(root, f)
}

// maxRead limits how much of an existing file is searched, in bytes.
const maxRead = 4 << 20

func state(root *os.Root, f File) (State, error) {
	if f.Snippet == "" {
		return Present, nil
	}
	info, err := root.Stat(f.Name)
	if err != nil {
		return Open, fmt.Errorf("read %s: %w", f.Name, inner(err))
	}
	if !info.Mode().IsRegular() || info.Size() > maxRead {
		return Open, nil
	}
	content, err := root.ReadFile(f.Name)
	if err != nil {
		return Open, fmt.Errorf("read %s: %w", f.Name, inner(err))
	}
	if strings.Contains(string(content), "lintel") {
		return Present, nil
	}
	return Open, nil
}

// inner returns an error without the path, which the caller adds.
func inner(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}
