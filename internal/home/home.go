// Package home contains the public address of the project. It has none yet: "make home URL=…" sets it, here and wherever a file
// has to name it.
package home

// Module is the path of the Go module.
const Module = "lintel"

// URL is the address of the repository; empty: there is none.
const URL = ""
