package pull

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lintel/internal/artifact"
)

// serve starts a server with TLS and returns its address and a client that trusts it.
func serve(t *testing.T, answers map[string]http.HandlerFunc) (host string, client *Client) {
	t.Helper()
	mux := http.NewServeMux()
	for path, answer := range answers { // any order: each is another path
		mux.HandleFunc(path, answer)
	}
	server := httptest.NewTLSServer(mux)
	t.Cleanup(server.Close)
	client = NewClient(false, "test")
	client.http.Transport = server.Client().Transport // without retries
	return strings.TrimPrefix(server.URL, "https://"), client
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func text(content string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(content)) }
}

func TestFetch(t *testing.T) {
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	plain := httptest.NewServer(text("archive"))
	t.Cleanup(plain.Close)
	manifest := `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[{"mediaType":"text/plain","digest":"sha256:` + artifact.Sum([]byte("layer")) + `","size":5}]}`
	oci := func(content string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/vnd.oci.image.manifest.v1+json")
			w.Header().Set("Content-Length", strconv.Itoa(len(content)))
			text(content)(w, r)
		}
	}
	host, client := serve(t, map[string]http.HandlerFunc{
		"/a.tgz": text("archive"), "/large.tgz": text(strings.Repeat("x", artifact.MaxBytes+1)),
		"/secret.tgz": status(http.StatusUnauthorized), "/failing.tgz": status(http.StatusTeapot),
		"/plain.tgz":                func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, plain.URL, http.StatusFound) },
		"/moved.tgz":                func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a.tgz", http.StatusFound) },
		"/loop.tgz":                 func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop.tgz", http.StatusFound) },
		"/v2/rules/manifests/v1":    oci(manifest),
		"/v2/rules/manifests/long":  oci(strings.Repeat(" ", artifact.MaxManifest+1)),
		"/v2/rules/manifests/other": oci(strings.Replace(manifest, `"size":5`, `"size":4`, 1)),
		"/v2/basic/manifests/v1": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", `Basic realm="r"`)
			w.WriteHeader(http.StatusUnauthorized)
		},
		"/v2/private/manifests/v1":                                status(http.StatusForbidden),
		"/v2/rules/blobs/sha256:" + artifact.Sum([]byte("layer")): text("layer"),
	})
	for path, want := range map[string]string{
		"https://HOST/a.tgz":     "",
		"https://HOST/moved.tgz": "",
		"https://HOST/a.tgz@sha256:" + artifact.Sum([]byte("archive")): "",
		"https://HOST/a.tgz@sha256:" + artifact.Sum([]byte("other")):   "has another digest than the reference: sha256:" + artifact.Sum([]byte("archive")),
		"https://HOST/large.tgz":   "exceeds the limit of 16 MiB",
		"https://HOST/none.tgz":    "does not exist, or its registry shows it only with credentials (HTTP status 404)",
		"https://HOST/secret.tgz":  "requires credentials; publish private rules in an OCI registry (HTTP status 401)",
		"https://HOST/failing.tgz": "HTTP status 418 I'm a teapot",
		"https://HOST/plain.tgz":   "redirects to an unencrypted connection",
		"https://HOST/loop.tgz":    "more than 10 redirects",
		"oci://HOST/rules:v1":      "",
		"oci://HOST/rules:v1@sha256:" + artifact.Sum([]byte("other")): "",
		"oci://HOST/rules:none":      "does not exist",
		"oci://HOST/rules:long":      "exceeds the limit of 1 MiB",
		"oci://HOST/rules:other":     "mismatch Content-Length",
		"oci://HOST/basic:v1":        `log in with "docker login" or "oras login" (HTTP status 401)`,
		"oci://HOST/private:v1":      `log in with "docker login" or "oras login" (HTTP status 403)`,
		"https://127.0.0.1:1/a.tgz":  "cannot be fetched",
		"https://host.invalid/a.tgz": "cannot be fetched",
	} {
		ref, err := artifact.Parse(strings.Replace(path, "HOST", host, 1))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(path, "rules:v1@") { // the manifest is requested by the digest
			want = "does not exist"
		}
		blobs, pinned, err := client.Fetch(t.Context(), ref)
		switch {
		case want == "" && err != nil, want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", path, err, want)
		case err == nil && pinned.Digest != artifact.Sum(blobs[0].Content):
			t.Errorf("%s: pinned as %s", path, pinned)
		}
	}
}

// TestUntrusted checks that a certificate of an unknown authority is refused.
func TestUntrusted(t *testing.T) {
	host, _ := serve(t, map[string]http.HandlerFunc{"/a.tgz": text("archive")})
	ref := artifact.Reference{Text: "https://" + host + "/a.tgz"}
	if _, _, err := NewClient(false, "test").Fetch(t.Context(), ref); err == nil || !strings.Contains(err.Error(), "no trusted authority signed") {
		t.Error(err)
	}
}

// TestPlainHTTP checks that unencrypted connections exist only for registries on this machine, and only with the option.
func TestPlainHTTP(t *testing.T) {
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")
	for _, tt := range []struct {
		host      string
		plainHTTP bool
		want      string
	}{
		{host, true, "HTTP status 404"},
		{host, false, "cannot be fetched"},
		{"registry.example.com", true, "--plain-http works only with a registry on this machine"},
	} {
		_, _, err := NewClient(tt.plainHTTP, "test").Fetch(t.Context(), artifact.Reference{Text: "oci://" + tt.host + "/rules", Host: tt.host, Name: "rules"})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

// TestStoreOutside checks that a symlink out of the repository is not written through.
func TestStoreOutside(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(root, ".lintel")); err != nil {
		t.Fatal(err)
	}
	if err := Store(root, []Blob{{Digest: artifact.Sum(nil)}}); err == nil {
		t.Error("no error")
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) > 0 {
		t.Error(err, entries)
	}
}

// TestFetchEnds checks that the caller can end a fetch.
func TestFetchEnds(t *testing.T) {
	host, client := serve(t, map[string]http.HandlerFunc{"/a.tgz": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := client.Fetch(ctx, artifact.Reference{Text: "https://" + host + "/a.tgz"}); err == nil {
		t.Error("no error")
	}
}
