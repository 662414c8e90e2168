package artifact_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/artifact"
)

// entry is an entry of an archive. Without a kind it is a file.
type entry struct {
	name, text string
	kind       byte
}

// tarOf returns a tar archive.
func tarOf(tb testing.TB, entries ...entry) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, e := range entries {
		header := &tar.Header{Name: e.name, Typeflag: e.kind, Mode: 0o644, Size: int64(len(e.text))}
		if e.kind == tar.TypeSymlink || e.kind == tar.TypeLink {
			header.Linkname, header.Size = e.text, 0
		}
		if e.kind == tar.TypeXGlobalHeader {
			header = &tar.Header{Typeflag: e.kind, Name: "pax_global_header", PAXRecords: map[string]string{"comment": e.text}}
		}
		if err := w.WriteHeader(header); err != nil {
			tb.Fatal(err)
		}
		if header.Size > 0 {
			if _, err := w.Write([]byte(e.text)); err != nil {
				tb.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func gzipped(tb testing.TB, content []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		tb.Fatal(err)
	}
	_, err = w.Write(content)
	if err = errors.Join(err, w.Close()); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func zipOf(tb testing.TB, entries ...entry) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.kind == tar.TypeSymlink {
			header.SetMode(fs.ModeSymlink | 0o777)
		}
		file, err := w.CreateHeader(header)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := file.Write([]byte(e.text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// store returns a tree with blobs, and the reference of the first one.
func store(blobs ...[]byte) (fstest.MapFS, artifact.Reference) {
	tree := fstest.MapFS{}
	for _, blob := range blobs {
		tree[artifact.PathOf(artifact.Sum(blob))] = &fstest.MapFile{Data: blob}
	}
	return tree, artifact.Reference{Text: "https://example.com/a", Digest: artifact.Sum(blobs[0])}
}

// manifestOf returns the manifest of an artifact with layers, which have titles.
func manifestOf(layers map[string][]byte, order ...string) []byte {
	var parts []string
	for _, title := range order {
		blob := layers[title]
		parts = append(parts, fmt.Sprintf(`{"digest":"sha256:%s","size":%d,"annotations":{"org.opencontainers.image.title":%q}}`, artifact.Sum(blob), len(blob), title))
	}
	return []byte(`{"schemaVersion":2,"layers":[` + strings.Join(parts, ",") + `]}`)
}

// contents returns the texts of an artifact in a tree, or the error.
func contents(tree fs.FS, ref artifact.Reference) (map[string]string, error) {
	var cache artifact.Cache
	mounted := cache.Mounts().Over(tree)
	if err := artifact.Check(mounted, ref); err != nil {
		return nil, err
	}
	texts := map[string]string{}
	err := fs.WalkDir(mounted, ref.Root(), func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(mounted, p)
		texts[strings.TrimPrefix(p, ref.Root()+"/")] = string(text)
		return err
	})
	return texts, err
}

func TestFormats(t *testing.T) {
	want := map[string]string{".lintel.yaml": "a", "policies/rules/x/policy.rego": "b"}
	entries := []entry{{"./", "", tar.TypeDir}, {"./.lintel.yaml", "a", 0}, {"policies/", "", tar.TypeDir}, {"policies/rules/x/policy.rego", "b", 0}}
	plain := tarOf(t, entries...)
	layers := map[string][]byte{".lintel.yaml": []byte("a"), "policies": gzipped(t, tarOf(t, entries[2:]...))}
	for name, blobs := range map[string][][]byte{
		"tar":                  {plain},
		"tar.gz":               {gzipped(t, plain)},
		"zip":                  {zipOf(t, entry{".lintel.yaml", "a", 0}, entry{"policies/", "", 0}, entry{"policies/rules/x/policy.rego", "b", 0})},
		"archive of git":       {tarOf(t, append([]entry{{"", "0123", tar.TypeXGlobalHeader}}, entries...)...)},
		"files and an archive": {manifestOf(layers, ".lintel.yaml", "policies"), layers[".lintel.yaml"], layers["policies"]},
	} {
		tree, ref := store(blobs...)
		got, err := contents(tree, ref)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestRefused(t *testing.T) {
	many := make([]entry, 10_001)
	for i := range many {
		many[i] = entry{strconv.Itoa(i), "", 0}
	}
	zeros := strings.Repeat("\x00", 65<<20)
	layer := map[string][]byte{"../x": []byte("a"), "": []byte("a"), "x": []byte("b")}
	for name, tt := range map[string]struct {
		blobs [][]byte
		want  string
	}{
		"a path out":           {[][]byte{tarOf(t, entry{"../x", "a", 0})}, `"../x": the path is not valid`},
		"a path out, later":    {[][]byte{tarOf(t, entry{"a/../../x", "a", 0})}, "the path is not valid"},
		"an absolute path":     {[][]byte{tarOf(t, entry{"/x", "a", 0})}, "the path is not valid"},
		"a path of Windows":    {[][]byte{tarOf(t, entry{`a\x`, "a", 0})}, "the path is not valid"},
		"a directory out":      {[][]byte{tarOf(t, entry{"../x/", "", tar.TypeDir})}, "the path is not valid"},
		"a long path":          {[][]byte{tarOf(t, entry{strings.Repeat("a/", 300) + "b", "a", 0})}, "the path is not valid"},
		"a symlink":            {[][]byte{tarOf(t, entry{"x", "/etc/passwd", tar.TypeSymlink})}, "links and devices are refused"},
		"a hard link":          {[][]byte{tarOf(t, entry{"x", "y", tar.TypeLink})}, "links and devices are refused"},
		"a device":             {[][]byte{tarOf(t, entry{"x", "", tar.TypeChar})}, "links and devices are refused"},
		"a file twice":         {[][]byte{tarOf(t, entry{"x", "a", 0}, entry{"./x", "b", 0})}, `"./x": is in the archive twice`},
		"a file below a file":  {[][]byte{tarOf(t, entry{"x/y", "a", 0}, entry{"x", "b", 0})}, `"x/y": is below a file`},
		"many entries":         {[][]byte{tarOf(t, many...)}, "more than 10000 entries"},
		"many global headers":  {[][]byte{tarOf(t, slicesRepeat(entry{"", "x", tar.TypeXGlobalHeader}, 10_001)...)}, "more than 10000 entries"},
		"a bomb":               {[][]byte{gzipped(t, tarOf(t, entry{"x", zeros, 0}))}, "exceeds the limit of 64 MiB"},
		"a bomb in zip":        {[][]byte{zipOf(t, entry{"x", zeros, 0})}, "exceeds the limit of 64 MiB"},
		"a bomb without a tar": {[][]byte{gzipped(t, []byte(zeros))}, "contains no files"},
		"many entries in zip":  {[][]byte{zipOf(t, many...)}, "more than 10000 entries"},
		"a symlink in zip":     {[][]byte{zipOf(t, entry{"x", "/etc/passwd", tar.TypeSymlink})}, "links and devices are refused"},
		"a path out in zip":    {[][]byte{zipOf(t, entry{"../x", "a", 0})}, "the path is not valid"},
		"a cut archive":        {[][]byte{gzipped(t, tarOf(t, entry{"x", "abc", 0})[:514])}, "damaged"},
		"a text":               {[][]byte{[]byte("profile: all\n")}, "is not the manifest of an OCI artifact"},
		"nothing":              {[][]byte{tarOf(t)}, ""},
		"an index":             {[][]byte{[]byte(`{"manifests":[{}]}`)}, "is an index of several images"},
		"a layer out":          {[][]byte{manifestOf(layer, "../x"), layer["../x"]}, "the path is not valid"},
		"a layer without name": {[][]byte{manifestOf(layer, ""), layer[""]}, "is not a tar archive"},
		"a layer twice":        {[][]byte{manifestOf(layer, "x", "x"), layer["x"]}, "is in the archive twice"},
		"a missing layer":      {[][]byte{manifestOf(layer, "x")}, `run "lintel rules pull"`},
		"a huge layer":         {[][]byte{[]byte(`{"layers":[{"digest":"sha256:` + strings.Repeat("0", 64) + `","size":9999999999}]}`)}, "exceeds the limit of 16 MiB"},
		"a layer of no size":   {[][]byte{[]byte(`{"layers":[{"digest":"sha256:` + strings.Repeat("0", 64) + `","size":-1}]}`)}, "is invalid"},
		"another algorithm":    {[][]byte{[]byte(`{"layers":[{"digest":"md5:0","size":1}]}`)}, "is invalid"},
		"many layers":          {[][]byte{manifestOf(layer, slicesRepeat("x", 101)...), layer["x"]}, "more than 100 layers"},
		"a large archive":      {[][]byte{make([]byte, artifact.MaxBytes+1)}, "exceeds the limit of 16 MiB"},
	} {
		tree, ref := store(tt.blobs...)
		_, err := contents(tree, ref)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func slicesRepeat[T any](one T, n int) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = one
	}
	return all
}

// TestSumOfBombs checks that the limit applies to all artifacts of a check together, also if some of them are known from the
// check before.
func TestSumOfBombs(t *testing.T) {
	var cache artifact.Cache
	tree := fstest.MapFS{}
	var refs []artifact.Reference
	for i := range 3 {
		blob := gzipped(t, tarOf(t, entry{strconv.Itoa(i), strings.Repeat("\x00", 30<<20), 0}))
		refs = append(refs, artifact.Reference{Digest: artifact.Sum(blob)})
		tree[artifact.PathOf(refs[i].Digest)] = &fstest.MapFile{Data: blob}
	}
	for range 2 {
		mounted := cache.Mounts().Over(tree)
		for i, ref := range refs {
			if err := artifact.Check(mounted, ref); (err != nil) != (i == 2) {
				t.Errorf("artifact %d: %v", i, err)
			}
		}
	}
}

// TestStore checks that a missing and an altered blob are errors, in a check and in the next one.
func TestStore(t *testing.T) {
	blob := tarOf(t, entry{"x", "a", 0})
	tree, ref := store(blob)
	var cache artifact.Cache
	if err := artifact.Check(cache.Mounts().Over(tree), ref); err != nil {
		t.Fatal(err)
	}
	name := artifact.PathOf(ref.Digest)
	tree[name] = &fstest.MapFile{Data: append(blob, 0)}
	if err := artifact.Check(cache.Mounts().Over(tree), ref); err == nil || !strings.Contains(err.Error(), "does not have this digest") {
		t.Errorf("altered: %v", err)
	}
	delete(tree, name)
	if err := artifact.Check(cache.Mounts().Over(tree), ref); err == nil || !strings.Contains(err.Error(), `run "lintel rules pull" and commit .lintel`) {
		t.Errorf("missing: %v", err)
	}
	if err := artifact.Check(cache.Mounts().OverBoth(tree, fstest.MapFS{name: {Data: blob}}), ref); err != nil {
		t.Errorf("the base has the blob only in the changed tree: %v", err)
	}
}

// FuzzUnpack checks that no content of a blob makes the reader fail in another way than by an error.
func FuzzUnpack(f *testing.F) {
	plain := tarOf(f, entry{".lintel.yaml", "a", 0}, entry{"policies/", "", tar.TypeDir})
	for _, seed := range [][]byte{nil, plain, gzipped(f, plain), zipOf(f, entry{"a/b", "c", 0}), manifestOf(map[string][]byte{"x": nil}, "x"), []byte(`{"manifests":[{}]}`)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, blob []byte) {
		tree, ref := store(blob)
		texts, err := contents(tree, ref)
		for name := range texts {
			if !fs.ValidPath(name) {
				t.Errorf("%q", name)
			}
		}
		if err == nil && len(texts) == 0 {
			t.Error("an artifact without files is no error")
		}
	})
}
