//go:build ignore

// Generate writes the files that are computed from others. Run it with go generate ./policies.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"lintel/internal/generate"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	files, err := generate.Files(os.DirFS(".."))
	if err != nil {
		return err
	}
	stale, err := generate.Stale(os.DirFS(".."), files)
	if err != nil {
		return err
	}
	for _, name := range stale {
		if err := os.Remove(filepath.Join("..", filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	for name, content := range files {
		path := filepath.Join("..", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
