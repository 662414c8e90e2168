package lsp

import (
	"net/url"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// documentURI is the URI of a document as the client wrote it.
type documentURI string

var drive = regexp.MustCompile(`^/[A-Za-z]:`)

// pathOf returns the absolute path of the file of a URI. It is false for documents that are not files, such as unsaved
// documents and revisions in git.
func pathOf(uri documentURI) (string, bool) { return pathIn(uri, runtime.GOOS == "windows") }

func pathIn(uri documentURI, windows bool) (string, bool) {
	u, err := url.Parse(string(uri))
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", false
	}
	p := u.Path
	switch {
	case windows && drive.MatchString(p):
		p = strings.ToUpper(p[1:2]) + p[2:] // clients write c%3A or C:
	case windows && u.Host != "":
		p = "//" + u.Host + p // UNC share
	case u.Host != "" && u.Host != "localhost":
		return "", false
	}
	if strings.ContainsRune(p, 0) {
		return "", false
	}
	if windows {
		return strings.ReplaceAll(p, "/", `\`), true
	}
	return filepath.Clean(p), true
}

// uriOf returns the URI of a file with an absolute path.
func uriOf(path string) documentURI { return uriIn(path, runtime.GOOS == "windows") }

func uriIn(path string, windows bool) documentURI {
	u := url.URL{Scheme: "file", Path: path}
	if windows {
		u.Path = strings.ReplaceAll(path, `\`, "/")
		if share, ok := strings.CutPrefix(u.Path, "//"); ok {
			u.Host, u.Path, _ = strings.Cut(share, "/")
		}
		if !strings.HasPrefix(u.Path, "/") {
			u.Path = "/" + u.Path
		}
	}
	return documentURI(u.String())
}
