package cli

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// maxMemory is the limit of memory, in bytes. Real repositories need less than a tenth; the limit protects CI machines
// from input that is made to exhaust them.
const maxMemory = 2 << 30

// headroom is the memory that the collector leaves beside the live heap, in bytes: with less, it runs all the time.
const headroom = 64 << 20

// makeRoom raises the soft limit of the collector where the live heap, in bytes, comes near it.
func makeRoom(live uint64) {
	if wanted := min(live+live/2+headroom, maxMemory); int64(wanted) > debug.SetMemoryLimit(-1) { //nolint:gosec // at most maxMemory
		debug.SetMemoryLimit(int64(wanted)) //nolint:gosec // at most maxMemory
	}
}

// watchMemory adapts the soft limit of the collector. It ends the program with ExitIncomplete when it exceeds
// maxMemory, before the system kills it without a message. suspect returns the custom rule that may be the cause, or "".
func watchMemory(errs io.Writer, suspect func() string) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	for range time.Tick(50 * time.Millisecond) {
		metrics.Read(sample)
		makeRoom(sample[1].Value.Uint64())
		if sample[0].Value.Uint64() > maxMemory {
			what := "the check exceeds the limit of %d GiB of memory; check one directory at a time to find the template"
			if id := suspect(); id != "" {
				what = "the rule " + id + " exceeds the limit of %d GiB of memory and could not be stopped"
			}
			fmt.Fprintf(errs, "lintel: stopped: "+what+"\n", maxMemory>>30) //nolint:errcheck // there is no other stream for the error
			os.Exit(ExitIncomplete)
		}
	}
}
