// Package parsers finds the units of a tree and reads each with the reader of its format.
package parsers

import (
	"context"
	"io/fs"
	"slices"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/parsers/cloudformation"
	"lintel/parsers/plan"
	"lintel/parsers/terraform"
)

// Parse reads a unit. The result's problems name what could not be read; the stack is linked
// and never nil.
func Parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	parsed := parse(ctx, fsys, u, opt)
	complete(ctx, fsys, u, &parsed, nil)
	return parsed
}

// parse reads a unit whose stack is not linked.
func parse(ctx context.Context, fsys fs.FS, u deployment.Unit, opt deployment.Options) deployment.Parsed {
	switch u.Kind {
	case deployment.TerraformModule:
		if u.Terraform {
			fsys = withoutOpenTofu{fsys}
		}
		return terraform.Read(ctx, fsys, u, opt)
	case deployment.Template:
		return cloudformation.Read(ctx, fsys, u, opt)
	case deployment.Plan:
		return plan.Read(ctx, fsys, u, opt)
	}
	panic("parsers: a unit without a kind")
}

// withoutOpenTofu is a file system as Terraform sees it: without the files that only OpenTofu reads.
type withoutOpenTofu struct{ fs.FS }

// ReadDir lists a directory.
func (w withoutOpenTofu) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	return slices.DeleteFunc(slices.Clone(entries), func(e fs.DirEntry) bool { return !e.IsDir() && source.IsOpenTofu(e.Name()) }), err
}

// MaxFileBytes returns the limit of the tree.
func (w withoutOpenTofu) MaxFileBytes(name string) int64 { return source.LimitOf(w.FS, name) }

// Stat describes a file.
func (w withoutOpenTofu) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.FS, name) }

// ReadFile reads a file.
func (w withoutOpenTofu) ReadFile(name string) ([]byte, error) { return fs.ReadFile(w.FS, name) }
