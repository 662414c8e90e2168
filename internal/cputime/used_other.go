//go:build !unix

package cputime

import "time"

// begin is the start of the process.
var begin = time.Now() //nolint:gochecknoglobals // a constant

// Used returns the time on the clock, which is more than that of processors.
func Used() time.Duration { return time.Since(begin) }
