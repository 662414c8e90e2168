//go:build unix

package cputime

import (
	"syscall"
	"time"
)

// used returns for how long the process has used processors.
func used() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return time.Duration(time.Now().UnixNano()) // cannot happen; the time on the clock is longer
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
