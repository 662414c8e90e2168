package artifact

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"lintel/internal/source"
)

// Dir is the directory of the store, relative to the root of a repository. The name of each file in it is the SHA-256 of its
// content: an archive, or the manifest or a layer of an OCI artifact.
const Dir = ".lintel/blobs/sha256"

// Limits of an artifact.
const (
	MaxBytes     = 16 << 20 // of an archive, and of the layers of an OCI artifact together
	MaxManifest  = 1 << 20  // bytes of the manifest of an OCI artifact
	maxLayers    = 100
	mebibyteBits = 20
)

var (
	errMissing  = errors.New(`not in ` + Dir + `; run "lintel rules pull" and commit .lintel`)
	errAltered  = errors.New(`the file in ` + Dir + ` does not have this digest; run "lintel rules pull"`)
	errManifest = errors.New("is not the manifest of an OCI artifact with layers")
	errIndex    = errors.New("is an index of several images; name the digest of one of them")
	errLayers   = fmt.Errorf("has more than %d layers", maxLayers)
)

// TooLargeError is the error for an artifact that exceeds the limit, which it has in bytes.
type TooLargeError int64

func (e TooLargeError) Error() string {
	return fmt.Sprintf("exceeds the limit of %d MiB", int64(e)>>mebibyteBits)
}

// Sum returns the digest of a content.
func Sum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// PathOf returns the path of a blob in the store.
func PathOf(digest string) string { return path.Join(Dir, digest) }

// Read returns a blob of the store in a tree, whose digest it verifies.
func Read(files fs.FS, digest string) ([]byte, error) {
	content, err := source.ReadFile(source.Limited{FS: files, Bytes: MaxBytes}, PathOf(digest))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errMissing
	case err != nil:
		return nil, fmt.Errorf("%s: %w", PathOf(digest), err)
	case Sum(content) != digest:
		return nil, errAltered
	}
	return content, nil
}

// Layer is a part of an OCI artifact.
type Layer struct {
	Digest    string
	Size      int64
	MediaType string
	Title     string // path of the file or directory that was pushed; empty: none
}

// ParseManifest returns the layers of an OCI artifact.
func ParseManifest(content []byte) ([]Layer, error) {
	var manifest struct {
		Layers []struct {
			MediaType   string            `json:"mediaType"`
			Digest      string            `json:"digest"`
			Size        int64             `json:"size"`
			Annotations map[string]string `json:"annotations"`
		} `json:"layers"`
		Manifests []json.RawMessage `json:"manifests"`
	}
	switch err := json.Unmarshal(content, &manifest); {
	case len(content) > MaxManifest:
		return nil, TooLargeError(MaxManifest)
	case err == nil && len(manifest.Manifests) > 0:
		return nil, errIndex
	case err != nil || len(manifest.Layers) == 0:
		return nil, errManifest
	case len(manifest.Layers) > maxLayers:
		return nil, errLayers
	}
	var layers []Layer
	total := int64(0)
	for _, l := range manifest.Layers {
		digest := l.Digest[min(len(algorithm), len(l.Digest)):]
		if l.Digest != algorithm+digest || !isDigest(digest) || l.Size < 0 {
			return nil, fmt.Errorf("%w: the digest or size of a layer is invalid", errManifest)
		}
		if total += min(l.Size, MaxBytes+1); total > MaxBytes {
			return nil, TooLargeError(MaxBytes)
		}
		layers = append(layers, Layer{Digest: digest, Size: l.Size, MediaType: l.MediaType, Title: l.Annotations["org.opencontainers.image.title"]})
	}
	return layers, nil
}

// Parts returns the digests of the blobs that an artifact consists of, as far as the store has them. The error is that of the
// first blob that is missing or altered.
func Parts(files fs.FS, ref Reference) (digests []string, err error) {
	digests = []string{ref.Digest}
	content, err := Read(files, ref.Digest)
	if err != nil || !ref.IsOCI() {
		return digests, err
	}
	layers, err := ParseManifest(content)
	for _, layer := range layers {
		digests = append(digests, layer.Digest)
		if _, failure := Read(files, layer.Digest); err == nil {
			err = failure
		}
	}
	return digests, err
}

// maxStored limits the number of blobs of a store.
const maxStored = 10_000

var errStored = fmt.Errorf("%s contains more than %d files", Dir, maxStored)

// Stored returns the digests of the blobs in the store of a tree.
func Stored(files fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(files, Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case len(entries) > maxStored:
		return nil, errStored
	}
	var digests []string
	for _, entry := range entries {
		if isDigest(entry.Name()) {
			digests = append(digests, entry.Name())
		}
	}
	return digests, nil
}
