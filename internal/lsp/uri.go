package lsp

import (
	"runtime"

	"lintel/internal/boundary"
)

// documentURI is the URI of a document as the client wrote it.
type documentURI string

// pathOf returns the absolute path of the file of a URI. It is false for documents that are not files.
func pathOf(uri documentURI) (string, bool) { return pathIn(uri, runtime.GOOS == "windows") }

func pathIn(uri documentURI, windows bool) (string, bool) {
	return boundary.PathOfURI(string(uri), windows)
}

// uriOf returns the URI of a file with an absolute path.
func uriOf(path string) documentURI { return uriIn(path, runtime.GOOS == "windows") }

func uriIn(path string, windows bool) documentURI {
	return documentURI(boundary.URIOfPath(path, windows))
}
