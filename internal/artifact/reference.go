// Package artifact reads rules and configurations that other repositories publish: archives and OCI artifacts, pinned by
// digest and stored in the repository that uses them. It opens no connection; internal/pull fetches what it reads.
package artifact

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// Reference names an artifact.
type Reference struct {
	Text   string // as it is written, without the digest
	Digest string // SHA-256, as 64 lowercase hexadecimal digits; empty: not pinned

	Host string // of an OCI artifact: the registry, with the port
	Name string // of an OCI artifact: the repository in the registry; empty: an archive
	Tag  string // of an OCI artifact; empty: none
}

// Schemes of references.
const (
	schemeHTTPS = "https://"
	schemeOCI   = "oci://"
	schemeEnd   = "://"
)

// algorithm precedes the digest of a reference.
const algorithm = "sha256:"

// digestLength is the length of the hexadecimal digest of a reference.
const digestLength = 64

// isDigest reports whether a text is the hexadecimal digest of a reference.
func isDigest(text string) bool {
	return len(text) == digestLength && strings.Trim(text, "0123456789abcdef") == ""
}

// ociName is compiled when a configuration names an artifact, because it takes a quarter of a millisecond at each start.
var ociName = sync.OnceValue(func() *regexp.Regexp { //nolint:gochecknoglobals // a pattern, never written
	return regexp.MustCompile(`^([A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9a-fA-F:]+\](?::[0-9]{1,5})?)/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?$`)
})

// maxReference limits the length of a reference.
const maxReference = 2048

var (
	errScheme   = errors.New("must start with https:// (an archive) or oci:// (an OCI artifact)")
	errNoHTTP   = errors.New("is not encrypted; use https:// or oci://")
	errURL      = errors.New("is not a URL such as https://HOST/PATH/rules.tar.gz")
	errSecret   = errors.New("contains a user name or password; publish private rules in an OCI registry, whose credentials Docker's configuration contains")
	errOCI      = errors.New("is not an OCI reference such as oci://REGISTRY/NAME:TAG")
	errDigest   = errors.New("must end in @sha256: and 64 lowercase hexadecimal digits")
	errTooLong  = fmt.Errorf("is longer than %d bytes", maxReference)
	errUnpinned = errors.New("has no digest")
)

// IsRemote reports whether a value is meant as a reference and not as the path of a file.
func IsRemote(text string) bool { return strings.Contains(text, schemeEnd) }

// Parse parses a reference, which may be without a digest.
func Parse(text string) (Reference, error) {
	ref := Reference{Text: text}
	if len(text) > maxReference {
		return ref, errTooLong
	}
	if i := strings.LastIndexByte(text, '@'); i >= 0 && strings.Contains(text[i:], ":") && !strings.Contains(text[i:], "/") {
		digest, ok := strings.CutPrefix(text[i+1:], algorithm)
		if !ok || !isDigest(digest) {
			return ref, errDigest
		}
		ref.Text, ref.Digest = text[:i], digest
	}
	switch {
	case strings.HasPrefix(ref.Text, schemeOCI):
		parts := ociName().FindStringSubmatch(strings.TrimPrefix(ref.Text, schemeOCI))
		if parts == nil {
			return ref, errOCI
		}
		ref.Host, ref.Name, ref.Tag = parts[1], parts[2], parts[3]
		return ref, nil
	case strings.HasPrefix(ref.Text, schemeHTTPS):
		return ref, ref.checkURL()
	case strings.HasPrefix(ref.Text, "http://"):
		return ref, errNoHTTP
	}
	return ref, errScheme
}

// ParsePinned parses a reference with a digest.
func ParsePinned(text string) (Reference, error) {
	ref, err := Parse(text)
	if err == nil && ref.Digest == "" {
		return ref, fmt.Errorf(`%w; run "lintel rules pull %s", which prints the reference with it`, errUnpinned, text)
	}
	return ref, err
}

// checkURL checks the URL of an archive.
func (r Reference) checkURL() error {
	u, err := url.Parse(r.Text)
	switch {
	case err != nil || u.Hostname() == "" || u.Fragment != "" || strings.Trim(u.Path, "/") == "":
		return errURL
	case u.User != nil:
		return errSecret
	}
	return nil
}

// IsOCI reports whether the artifact is in an OCI registry.
func (r Reference) IsOCI() bool { return r.Name != "" }

// Pinned returns the reference with a digest.
func (r Reference) Pinned(digest string) Reference {
	r.Digest = digest
	return r
}

// String returns the reference as it is written in a configuration.
func (r Reference) String() string {
	if r.Digest == "" {
		return r.Text
	}
	return r.Text + "@" + algorithm + r.Digest
}

// Root returns the directory that stands for the content of a pinned artifact in a tree that Cache.Mount returned.
func (r Reference) Root() string { return rootOf(r.Digest) }
