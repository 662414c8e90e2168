// Package setup knows the files that bring lintel into a repository: its configuration, the hook and
// the pipeline. It creates files and never changes one.
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
)

//go:embed files
var files embed.FS

// Kind is what a file is for.
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
	Name    string // from the root of the repository, slash-separated
	Content string
	Snippet string // what to add where there is such a file already; empty: nothing is to be added
}

// Source is where lintel comes from. The zero Source is nowhere.
type Source struct{ URL, Commit string }

// The texts are put into YAML, and a shell reads the address: nothing in them means anything there.
var (
	address = regexp.MustCompile(`^(https://|ssh://|git@[A-Za-z0-9.-]+:)[A-Za-z0-9][A-Za-z0-9._~/:@%+-]*$`)
	commit  = regexp.MustCompile(`^[0-9a-f]{40}$`)
	project = regexp.MustCompile(`^https://[^/]+/([A-Za-z0-9._-]+/[A-Za-z0-9._-]+?)(\.git)?/?$`)
)

// ParseSource reads URL@COMMIT. Without a commit, own is taken: the one that this lintel is built of.
func ParseSource(text, own string) (Source, error) {
	url, at := text, own
	if i := strings.LastIndexByte(text, '@'); i > strings.LastIndexByte(text, ':') {
		url, at = text[:i], text[i+1:]
	}
	switch {
	case !address.MatchString(url):
		return Source{}, fmt.Errorf("%q is no address of a repository; it must be like https://HOST/OWNER/lintel@COMMIT", text)
	case at == "":
		return Source{}, fmt.Errorf("%q names no commit, and this lintel does not know its own; write %s@COMMIT", text, url)
	case !commit.MatchString(at):
		return Source{}, fmt.Errorf("%q is no commit; write its 40 digits in full, for a tag or a branch can be moved", at)
	}
	return Source{url, at}, nil
}

var errNoSource = errors.New("it builds lintel from source and must know where that is: give --source URL@COMMIT")

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
			return File{}, fmt.Errorf("%s: an action is named by https://HOST/OWNER/NAME, which %s is not", name, src.URL)
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

// read returns a file with the source put in.
func read(name string, src Source) string {
	content, err := files.ReadFile("files/" + name)
	if err != nil {
		panic(err) // it is in the program
	}
	return strings.NewReplacer("{{url}}", src.URL, "{{commit}}", src.Commit, "{{uses}}", project.ReplaceAllString(src.URL, "$1")).Replace(string(content))
}

// State is what became of a file.
type State int

// The states.
const (
	Written State = iota // it is new
	Present              // it was there and knows lintel
	Open                 // it was there and does not know lintel: somebody has to add the snippet
)

// Write creates a file. One that is there is read and left alone. No link leads out of root.
func Write(root *os.Root, f File) (State, error) {
	if dir := path.Dir(f.Name); dir != "." {
		if err := root.MkdirAll(dir, 0o755); err != nil {
			return Open, fmt.Errorf("create %s: %w", dir, inner(err))
		}
	}
	out, err := root.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return state(root, f)
	}
	if err != nil {
		return Open, fmt.Errorf("create %s: %w", f.Name, inner(err))
	}
	_, err = out.WriteString(f.Content)
	if err = errors.Join(err, out.Close()); err != nil {
		return Open, errors.Join(fmt.Errorf("write %s: %w", f.Name, inner(err)), root.Remove(f.Name))
	}
	return Written, nil
}

// Find tells whether there is a file already: Present or Open, or Written when it is yet to be.
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

// maxRead is how much of a file is looked through, in bytes.
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

// inner is an error without the path that the caller names.
func inner(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}
