package config

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
)

// sizeKey is the key of the limit for the size of a file.
const sizeKey = "max-file-size"

// MaxFileSize is the largest limit for the size of a file in MiB: a run has 2 GiB of memory.
const MaxFileSize = 256

const mebibyte = 20 // as a power of two

// ParseSize returns the bytes of a limit in MiB.
func ParseSize(text string) (int64, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > MaxFileSize {
		return 0, fmt.Errorf("it must be a number of MiB from 1 to %d", MaxFileSize)
	}
	return int64(n) << mebibyte, nil
}

// size parses the limit for the size of a file.
func (p *parser) size(v *yaml.Node) (err error) {
	if p.config.MaxFileBytes, err = ParseSize(v.Value); err != nil || v.Kind != yaml.ScalarNode || v.Tag != "!!int" {
		return p.errorf(v, "%q must be a number of MiB from 1 to %d", v.Value, MaxFileSize)
	}
	return nil
}

// MaxFileBytesIn returns the limit for the size of a file in the text of a configuration in a directory, or in the files that
// it extends, and 0 if they set none. It is called before the rules are known and ignores errors, which Load reports.
func MaxFileBytesIn(fsys fs.FS, dir string, content []byte) int64 {
	value, _ := valueOf(fsys, dir, content, sizeKey)
	if value == nil {
		return 0
	}
	var p parser
	_ = p.size(value)
	return p.config.MaxFileBytes
}

// MaxFileBytes is MaxFileBytesIn of a file. name may be empty.
func MaxFileBytes(fsys fs.FS, name string) int64 {
	if name == "" {
		return 0
	}
	content, err := source.ReadText(fsys, name)
	if err != nil {
		return 0
	}
	return MaxFileBytesIn(fsys, path.Dir(name), content)
}
