package artifact

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// Limits of the content of artifacts.
const (
	maxUnpacked = 64 << 20 // bytes of all artifacts of a check
	maxEntries  = 10_000   // of an artifact
	maxName     = 512      // bytes of the path of an entry
	entryCost   = 512      // bytes that an entry counts in addition to its name and its content
)

var (
	errFormat    = errors.New("is not a tar archive, a tar archive compressed by gzip, or a zip archive")
	errDamaged   = errors.New("the archive is damaged")
	errEntries   = fmt.Errorf("has more than %d entries", maxEntries)
	errNothing   = errors.New("contains no files")
	errEncrypted = errors.New("is encrypted")
	errEntryName = errors.New("the path is not valid in an archive: it must be relative, without .. and \\, in UTF-8")
	errKind      = errors.New("is not a file or directory; links and devices are refused")
	errTwice     = errors.New("is in the archive twice")
	errBelowFile = errors.New("is below a file")
	errUnpacked  = TooLargeError(maxUnpacked)
)

// content is the unpacked content of an artifact.
type content struct {
	texts   map[string][]byte // by path
	entries int
	left    int64 // bytes that may still be unpacked
}

// The first bytes of archives, and where a tar archive has its mark.
const (
	gzipMark = "\x1f\x8b"
	zipMark  = "PK\x03\x04"
	zipEmpty = "PK\x05\x06"
	tarMark  = "ustar"
	tarAt    = 257
)

func isTar(blob []byte) bool {
	return len(blob) >= tarAt+len(tarMark) && string(blob[tarAt:tarAt+len(tarMark)]) == tarMark
}

func isZip(blob []byte) bool {
	return bytes.HasPrefix(blob, []byte(zipMark)) || bytes.HasPrefix(blob, []byte(zipEmpty))
}

func isArchive(blob []byte) bool {
	return bytes.HasPrefix(blob, []byte(gzipMark)) || isZip(blob) || isTar(blob)
}

// unpack adds the entries of an archive.
func (c *content) unpack(blob []byte) error {
	switch {
	case bytes.HasPrefix(blob, []byte(gzipMark)):
		stream, err := gzip.NewReader(bytes.NewReader(blob))
		if err != nil {
			return fmt.Errorf("%w: %w", errFormat, err)
		}
		return c.untar(stream)
	case isZip(blob):
		return c.unzip(blob)
	case isTar(blob):
		return c.untar(bytes.NewReader(blob))
	}
	return errFormat
}

// bounded is a stream that fails after a number of bytes.
type bounded struct {
	io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errUnpacked
	}
	n, err := b.Reader.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// untar adds the entries of a tar archive.
func (c *content) untar(stream io.Reader) error {
	const headers = 4 * entryCost // of an entry: the header, the padding, and an extended header
	archive := tar.NewReader(&bounded{stream, maxUnpacked + maxEntries*headers})
	for {
		header, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errUnpacked):
			return err
		case err != nil:
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
		if header.Typeflag == tar.TypeXGlobalHeader { // that of git archive, with the commit
			if err := c.count(); err != nil {
				return err
			}
			continue
		}
		isFile := header.Typeflag == tar.TypeReg
		if !isFile && header.Typeflag != tar.TypeDir {
			return entryError(header.Name, errKind)
		}
		if err := c.add(header.Name, isFile, archive); err != nil {
			return err
		}
	}
}

// unzip adds the entries of a zip archive.
func (c *content) unzip(blob []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(blob), int64(len(blob)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // add refuses such paths
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	if len(archive.File) > maxEntries {
		return errEntries
	}
	for _, file := range archive.File {
		const isEncrypted = 1
		mode := file.Mode()
		switch {
		case file.Flags&isEncrypted != 0:
			return entryError(file.Name, errEncrypted)
		case !mode.IsRegular() && !mode.IsDir():
			return entryError(file.Name, errKind)
		}
		if err := c.unzipOne(file, mode.IsRegular()); err != nil {
			return err
		}
	}
	return nil
}

func (c *content) unzipOne(file *zip.File, isFile bool) error {
	if !isFile {
		return c.add(file.Name, false, nil)
	}
	stream, err := file.Open()
	if err != nil {
		return entryError(file.Name, err)
	}
	defer stream.Close() //nolint:errcheck // only read
	return c.add(file.Name, true, stream)
}

// add adds an entry. A directory has no content.
func (c *content) add(name string, isFile bool, stream io.Reader) error {
	if err := c.count(); err != nil {
		return err
	}
	clean := strings.TrimPrefix(name, "./")
	if !isFile {
		clean = strings.TrimSuffix(clean, "/")
	}
	if clean == "" && !isFile { // the root
		return nil
	}
	if !isEntryName(clean) {
		return entryError(name, errEntryName)
	}
	if !isFile {
		return nil
	}
	if _, isTwice := c.texts[clean]; isTwice {
		return entryError(name, errTwice)
	}
	text, err := io.ReadAll(io.LimitReader(stream, max(c.left, 0)+1))
	if errors.Is(err, errUnpacked) {
		return err
	}
	if err != nil {
		return entryError(name, fmt.Errorf("%w: %w", errDamaged, err))
	}
	if c.left -= int64(len(text)+len(clean)) + entryCost; c.left < 0 {
		return errUnpacked
	}
	c.texts[clean] = text
	return nil
}

func (c *content) count() error {
	if c.entries++; c.entries > maxEntries {
		return errEntries
	}
	return nil
}

// isEntryName reports whether a path of an archive stays in it on every system.
func isEntryName(name string) bool {
	return len(name) <= maxName && name != "." && fs.ValidPath(name) && utf8.ValidString(name) && !strings.ContainsAny(name, "\\\x00")
}

// check returns an error for a file that is below another file.
func (c *content) check() error {
	first := ""
	for name := range c.texts { // any order: the first by name is reported
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, isFile := c.texts[dir]; isFile && (first == "" || name < first) {
				first = name
			}
		}
	}
	if first != "" {
		return entryError(first, errBelowFile)
	}
	return nil
}

// entryError returns the error for an entry of an archive, whose name it cuts.
func entryError(name string, err error) error {
	const shown = 100
	return fmt.Errorf("%.*q: %w", shown, name, err)
}
