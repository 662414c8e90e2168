//go:build unix

package source

import "syscall"

// nonBlocking makes the open call return at once for a named pipe without a writer.
const nonBlocking = syscall.O_NONBLOCK
