// Package bundle writes rules as an OPA bundle
// (https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format).
package bundle

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/model"
)

// Content is the content of a bundle.
type Content struct {
	Revision string            // identifies the version of the bundle
	Rules    []finding.Rule    // rules whose policies are in the bundle
	Policies map[string][]byte // Rego by path; without the directory bundle of the entry point
	Data     map[string]any
}

// The parts of the manifest that lintel writes.
type manifest struct {
	Revision    string   `json:"revision"`
	Roots       []string `json:"roots"`
	RegoVersion int      `json:"rego_version"`
}

// about is the metadata of a rule for the entry point.
type about struct {
	ID          string           `json:"id"`
	Title       string           `json:"title"`
	Severity    finding.Severity `json:"severity"`
	Profile     finding.Profile  `json:"profile"`
	Category    string           `json:"category"`
	Remediation string           `json:"remediation"`
	YieldsTo    []string         `json:"yields_to,omitempty"`
}

// entry is the directory with the policies that evaluate all rules.
const entry = "bundle/"

// ReadPolicies reads the Rego files of a file system, without tests.
func ReadPolicies(fsys fs.FS, into map[string][]byte) error {
	return fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(p) != ".rego" || strings.HasSuffix(p, "_test.rego") {
			return err
		}
		into[p], err = fs.ReadFile(fsys, p)
		return err
	})
}

// Write writes a bundle. Equal contents give equal bytes.
func Write(w io.Writer, c Content) error {
	files, err := c.files()
	if err != nil {
		return err
	}
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(zip)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		header := tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(files[name])), Mode: 0o644, Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(&header); err != nil {
			return err
		}
		if _, err := archive.Write(files[name]); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return zip.Close()
}

// files returns the files of the bundle, by path.
func (c Content) files() (map[string][]byte, error) {
	files := map[string][]byte{"schemas/stack.json": model.Schema()}
	roots := map[string]bool{"lintel": true, "main": true, "rules": true, "lib": true}
	for name, text := range c.Policies { // any order: it fills a map
		if inner, isEntry := strings.CutPrefix(name, entry); isEntry {
			name = "lintel/" + inner
		}
		files[name] = text
	}
	rules := map[string]about{}
	for _, r := range c.Rules {
		rules[strings.ReplaceAll(r.ID, "-", "_")] = about{r.ID, r.Title, r.Severity, r.Profile, r.Category, r.Remediation, r.YieldsTo}
	}
	data := maps.Clone(c.Data)
	for key := range data {
		roots[key] = true
	}
	data["lintel"] = map[string]any{"rules": rules}
	for name, content := range map[string]any{ // any order: it fills a map
		"data.json": data,
		".manifest": manifest{c.Revision, slices.Sorted(maps.Keys(roots)), 1},
	} {
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(content); err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		files[name] = text.Bytes()
	}
	return files, nil
}
