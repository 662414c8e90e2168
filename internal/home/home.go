// Package home contains the public address of the project. It has none yet: "make home URL=…" sets it, here and wherever a file
// has to name it.
package home

// Module is the path of the Go module.
const Module = "lintel"

// URL is the address of the repository; empty: there is none.
const URL = ""

// Docs is the address of the documentation site; empty: there is none, and the pages in the repository are linked.
const Docs = ""

// Page returns the address of the page of a rule; empty: the project has none.
func Page(rule string) string { return pageOf(Docs, URL, rule) }

func pageOf(docs, url, rule string) string {
	switch {
	case docs != "":
		return docs + "/rules/" + rule + "/"
	case url != "":
		return url + "/blob/main/docs/rules/" + rule + ".md"
	}
	return ""
}
