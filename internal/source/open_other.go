//go:build !unix

package source

// nonBlocking has no meaning where files cannot be named pipes.
const nonBlocking = 0
