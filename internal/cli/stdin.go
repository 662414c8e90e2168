package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"lintel/internal/source"
)

// standardInput is the path that stands for the standard input.
const standardInput = "-"

// stdin replaces the path - by the name of --stdin-filename. It returns the text, or nil if there is no such path.
func (f *checkFlags) stdin(in io.Reader, paths []string) ([]string, []byte, error) {
	switch isInput := slices.Contains(paths, standardInput); {
	case !isInput && f.stdinName == "":
		return paths, nil, nil
	case isInput && f.stdinName == "":
		return nil, nil, errors.New("the path - is the standard input; --stdin-filename must give the path of its text")
	case !isInput || len(paths) > 1:
		return nil, nil, errors.New("--stdin-filename requires the path -, and no other path")
	case f.fixes.fix || f.fixes.ignore != "":
		return nil, nil, errors.New("--fix and --add-ignore edit files; they do not work with the standard input")
	case f.compare.staged:
		return nil, nil, errors.New("--staged checks the index, and not the standard input; use one of them")
	}
	limit := cmp.Or(int64(f.tree.maxFile), source.MaxFileBytes)
	text, err := io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("read the standard input: %w", err)
	case int64(len(text)) > limit:
		return nil, nil, fmt.Errorf("the standard input: %w", source.TooLargeError(limit))
	}
	return []string{f.stdinName}, text, nil
}

// replace puts the text of the standard input in the place of the only path.
func (in *input) replace(text []byte) {
	if text != nil {
		in.files = source.NewOverlay(in.files, map[string][]byte{in.where.paths[0]: text})
	}
}
