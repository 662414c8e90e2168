package boundary

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

var drive = regexp.MustCompile(`^/[A-Za-z]:`)

// PathOfURI returns the absolute path of the file or directory of a URI. It is false for URIs that are not files, such as
// unsaved documents and revisions in git.
func PathOfURI(uri string, windows bool) (string, bool) {
	u, err := url.Parse(uri)
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

// URIOfPath returns the URI of a file with an absolute path.
func URIOfPath(path string, windows bool) string {
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
	return u.String()
}
