package pull

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lintel/internal/artifact"
	"lintel/internal/config"
	"lintel/internal/write"
)

// Configuration is the text of a configuration.
type Configuration struct {
	Dir     string // directory that its paths are relative to
	Shown   string // file name for messages
	Content []byte
}

// Extending returns a configuration that only extends an artifact.
func Extending(ref artifact.Reference) Configuration {
	return Configuration{Dir: ".", Shown: ref.String(), Content: fmt.Appendf(nil, "extends: %q\n", ref.String())}
}

// State compares the store of a repository with its configurations.
type State struct {
	Extended []artifact.Reference // all artifacts that the configurations extend, each once, by name
	Missing  []Missing
	Unused   []string // digests of blobs that belong to none of them; empty if one is missing, which may be made of them
}

// Missing is an artifact that the store does not have completely.
type Missing struct {
	Reference artifact.Reference
	Err       error
}

// Look reads the store in the tree of a repository.
func Look(files fs.FS, configurations []Configuration) (State, error) {
	var state State
	var cache artifact.Cache
	mounted := cache.Mounts().Over(files)
	for _, c := range configurations {
		refs, err := config.Artifacts(mounted, c.Dir, c.Shown, c.Content)
		if err != nil {
			return state, err
		}
		state.Extended = append(state.Extended, refs...)
	}
	slices.SortFunc(state.Extended, func(a, b artifact.Reference) int { return strings.Compare(a.String(), b.String()) })
	state.Extended = slices.Compact(state.Extended)
	used := map[string]bool{}
	for _, ref := range state.Extended {
		digests, err := artifact.Parts(files, ref)
		if err != nil {
			state.Missing = append(state.Missing, Missing{ref, err})
		}
		for _, digest := range digests {
			used[digest] = true
		}
	}
	if len(state.Missing) > 0 {
		return state, nil
	}
	stored, err := artifact.Stored(files)
	if err != nil {
		return state, err
	}
	state.Unused = slices.DeleteFunc(stored, func(digest string) bool { return used[digest] })
	return state, nil
}

// Unreadable returns the error of the first artifact that the store has and that cannot be read as one.
func Unreadable(files fs.FS, refs []artifact.Reference) error {
	for _, ref := range refs {
		var cache artifact.Cache
		if err := artifact.Check(cache.Mounts().Over(files), ref); err != nil {
			return fmt.Errorf("%s: %w", ref, err)
		}
	}
	return nil
}

// maxArtifacts limits how many artifacts a run fetches.
const maxArtifacts = 100

var errArtifacts = fmt.Errorf("the configurations extend more than %d artifacts", maxArtifacts)

// Pull fetches the artifacts that the store of a repository does not have, and those that these extend. It calls fetched
// for each.
func (c *Client) Pull(ctx context.Context, root string, files fs.FS, configurations []Configuration, fetched func(artifact.Reference, []Blob) error) error {
	done := map[artifact.Reference]bool{}
	for {
		state, err := Look(files, configurations)
		if err != nil || len(state.Missing) == 0 {
			return err
		}
		for _, missing := range state.Missing {
			switch {
			case done[missing.Reference]:
				return fmt.Errorf("%s: %w", missing.Reference, missing.Err)
			case len(done) == maxArtifacts:
				return errArtifacts
			}
			done[missing.Reference] = true
			blobs, ref, err := c.Fetch(ctx, missing.Reference)
			if err != nil {
				return err
			}
			if err := Store(root, blobs); err != nil {
				return err
			}
			if err := fetched(ref, blobs); err != nil {
				return err
			}
		}
	}
}

// attributes make git keep the bytes of blobs.
const attributes = "blobs/** -text\n"

// directoryMode is that of new directories, before the umask.
const directoryMode = 0o755

// Store writes blobs to the store of the repository with this root.
func Store(root string, blobs []Blob) (err error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	if err := dir.MkdirAll(filepath.FromSlash(artifact.Dir), directoryMode); err != nil {
		return fmt.Errorf("create %s: %w", artifact.Dir, err)
	}
	settings := path.Join(path.Dir(path.Dir(artifact.Dir)), ".gitattributes")
	if err := write.Create(dir, filepath.FromSlash(settings), []byte(attributes)); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write %s: %w", settings, err)
	}
	for _, blob := range blobs {
		name := artifact.PathOf(blob.Digest)
		err := write.File(filepath.Join(root, filepath.FromSlash(name)), nil, func(w io.Writer) error {
			_, err := w.Write(blob.Content)
			return err
		})
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}

// Prune deletes blobs from the store of the repository with this root.
func Prune(root string, digests []string) (err error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	for _, digest := range digests {
		if err := dir.Remove(filepath.FromSlash(artifact.PathOf(digest))); err != nil {
			return err
		}
	}
	return nil
}
