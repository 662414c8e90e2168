// Package pull fetches the artifacts that configurations extend into the store of a repository. It is the only package that
// opens connections, and only lintel rules pull uses it.
package pull

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2/errdef"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/credentials"
	"oras.land/oras-go/v2/registry/remote/errcode"
	"oras.land/oras-go/v2/registry/remote/retry"

	"lintel/internal/artifact"
)

// Limits of connections.
const (
	answerTime   = 30 * time.Second // for the first byte of an answer
	fetchTime    = 3 * time.Minute  // for an artifact, with all retries
	maxRedirects = 10
)

// Client fetches artifacts.
type Client struct {
	http      *http.Client
	plainHTTP bool
	userAgent string
}

// NewClient returns a client. plainHTTP permits unencrypted connections to registries on this machine. Proxies and root
// certificates are those of the environment.
func NewClient(plainHTTP bool, userAgent string) *Client {
	transport, _ := http.DefaultTransport.(*http.Transport) // net/http documents it
	transport = transport.Clone()
	transport.ResponseHeaderTimeout = answerTime
	c := &Client{plainHTTP: plainHTTP, userAgent: userAgent}
	c.http = &http.Client{Transport: retry.NewTransport(transport), CheckRedirect: c.redirect}
	return c
}

// Blob is a part of an artifact.
type Blob struct {
	Digest  string
	Content []byte
}

var (
	errRedirects = fmt.Errorf("more than %d redirects", maxRedirects)
	errPlain     = errors.New("redirects to an unencrypted connection")
	errPlainHost = errors.New("--plain-http works only with a registry on this machine, such as localhost:5000")
	errDigest    = errors.New("has another digest than the reference")
	errSize      = errors.New("has another size than the manifest states")
	errAuth      = errors.New(`requires credentials, or these have no access; log in with "docker login" or "oras login"`)
	errDenied    = errors.New("requires credentials; publish private rules in an OCI registry")
	errNotFound  = errors.New("does not exist, or its registry shows it only with credentials")
)

// redirect refuses redirects to unencrypted connections.
func (c *Client) redirect(req *http.Request, via []*http.Request) error {
	switch {
	case len(via) >= maxRedirects:
		return errRedirects
	case req.URL.Scheme != "https" && (!c.plainHTTP || !isLocal(req.URL.Host)):
		return errPlain
	}
	return nil
}

// isLocal reports whether a host, with or without a port, is this machine.
func isLocal(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// Fetch returns the blobs of an artifact, the first of which has the digest of the reference, and the reference with the
// digest. The content is verified.
func (c *Client) Fetch(ctx context.Context, ref artifact.Reference) ([]Blob, artifact.Reference, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	fetch := c.archive
	if ref.IsOCI() {
		fetch = c.oci
	}
	blobs, err := fetch(ctx, ref)
	if err != nil {
		return nil, ref, fmt.Errorf("%s: %w", ref, reason(err))
	}
	return blobs, ref.Pinned(blobs[0].Digest), nil
}

// archive fetches an archive.
func (c *Client) archive(ctx context.Context, ref artifact.Reference) ([]Blob, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, ref.Text, http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.userAgent)
	response, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // only read
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusUnauthorized, http.StatusForbidden:
		return nil, fmt.Errorf("%w (HTTP status %d)", errDenied, response.StatusCode)
	default:
		return nil, statusError(response.StatusCode)
	}
	content, err := readUpTo(response.Body, artifact.MaxBytes)
	if err != nil {
		return nil, err
	}
	blob, err := verified(content, ref.Digest)
	return []Blob{blob}, err
}

// oci fetches the manifest and the layers of an OCI artifact.
func (c *Client) oci(ctx context.Context, ref artifact.Reference) ([]Blob, error) {
	repository, err := c.repository(ref)
	if err != nil {
		return nil, err
	}
	name := ref.Tag
	switch {
	case ref.Digest != "":
		name = digest.NewDigestFromEncoded(digest.SHA256, ref.Digest).String()
	case name == "":
		name = "latest"
	}
	_, stream, err := repository.Manifests().FetchReference(ctx, name)
	if err != nil {
		return nil, err
	}
	content, err := drain(stream, artifact.MaxManifest)
	if err != nil {
		return nil, err
	}
	manifest, err := verified(content, ref.Digest)
	if err != nil {
		return nil, err
	}
	layers, err := artifact.ParseManifest(content)
	if err != nil {
		return nil, err
	}
	blobs := []Blob{manifest}
	for _, layer := range layers {
		blob, err := fetchLayer(ctx, repository, layer)
		if err != nil {
			return nil, fmt.Errorf("layer sha256:%s: %w", layer.Digest, err)
		}
		blobs = append(blobs, blob)
	}
	return blobs, nil
}

// repository returns the repository of an OCI artifact, with the credentials of Docker's configuration.
func (c *Client) repository(ref artifact.Reference) (*remote.Repository, error) {
	local := isLocal(ref.Host)
	if c.plainHTTP && !local {
		return nil, errPlainHost
	}
	repository, err := remote.NewRepository(ref.Host + "/" + ref.Name)
	if err != nil {
		return nil, err
	}
	store, err := credentials.NewStoreFromDocker(credentials.StoreOptions{})
	if err != nil {
		return nil, fmt.Errorf("read the configuration of Docker: %w", err)
	}
	client := &auth.Client{Client: c.http, Cache: auth.NewCache(), Credential: credentials.Credential(store)}
	if local {
		client.BlockedRealmPrefixes = []netip.Prefix{} // its token server is local, too
	}
	client.SetUserAgent(c.userAgent)
	repository.Client, repository.PlainHTTP = client, c.plainHTTP
	return repository, nil
}

func fetchLayer(ctx context.Context, repository *remote.Repository, layer artifact.Layer) (Blob, error) {
	stream, err := repository.Blobs().Fetch(ctx, ocispec.Descriptor{
		MediaType: layer.MediaType, Size: layer.Size, Digest: digest.NewDigestFromEncoded(digest.SHA256, layer.Digest),
	})
	if err != nil {
		return Blob{}, err
	}
	content, err := drain(stream, layer.Size)
	if err == nil && int64(len(content)) != layer.Size {
		err = errSize
	}
	if err != nil {
		return Blob{}, err
	}
	return verified(content, layer.Digest)
}

// drain reads a stream and closes it.
func drain(stream io.ReadCloser, limit int64) ([]byte, error) {
	content, err := readUpTo(stream, limit)
	return content, errors.Join(err, stream.Close())
}

// readUpTo reads a stream of at most limit bytes.
func readUpTo(stream io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(stream, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = artifact.TooLargeError(limit)
	}
	return content, err
}

// verified returns a blob, or an error if it has not the wanted digest. Without a wanted one, any is right.
func verified(content []byte, wanted string) (Blob, error) {
	blob := Blob{Digest: artifact.Sum(content), Content: content}
	if wanted != "" && blob.Digest != wanted {
		return blob, fmt.Errorf("%w: sha256:%s", errDigest, blob.Digest)
	}
	return blob, nil
}

func statusError(status int) error {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("%w (HTTP status %d)", errAuth, status)
	case http.StatusNotFound:
		return fmt.Errorf("%w (HTTP status %d)", errNotFound, status)
	}
	return fmt.Errorf("HTTP status %d %s", status, http.StatusText(status)) //nolint:err113 // the number is the message
}

// reason returns an error that states the cause first.
func reason(err error) error {
	if answer, ok := errors.AsType[*errcode.ErrorResponse](err); ok {
		return statusError(answer.StatusCode)
	}
	if errors.Is(err, auth.ErrBasicCredentialNotFound) {
		return statusError(http.StatusUnauthorized)
	}
	if errors.Is(err, errdef.ErrNotFound) {
		return statusError(http.StatusNotFound)
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return fmt.Errorf("cannot be fetched: the name of the host %s has no address, or there is no network: %w", dns.Name, err)
	}
	if unknown, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return fmt.Errorf("cannot be fetched: no trusted authority signed the certificate of the server (SSL_CERT_FILE adds one): %w", unknown)
	}
	if strings.HasSuffix(err.Error(), "server gave HTTP response to HTTPS client") { // net/http has no value for it
		return fmt.Errorf("cannot be fetched: the server does not use TLS (--plain-http permits that for a registry on this machine): %w", err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("cannot be fetched within the time limit: %w", err)
	}
	if opErr, ok := errors.AsType[*net.OpError](err); ok {
		return fmt.Errorf("cannot be fetched: %w", opErr)
	}
	return err
}
