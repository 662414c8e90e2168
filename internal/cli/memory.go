package cli

import (
	"fmt"
	"io"
	"os"
	"runtime/metrics"
	"time"
)

// maxMemory is how many bytes lintel may use. Real repositories need less than a tenth; what
// needs more is made to, and a CI machine must not go down with it.
const maxMemory = 2 << 30

// watchMemory ends the program when it uses too much: with the exit code of a check that is not
// complete, before the machine is out of memory and says nothing at all.
// suspect names a custom rule that may be the cause; empty: there is none.
func watchMemory(errs io.Writer, suspect func() string) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for range time.Tick(50 * time.Millisecond) {
		metrics.Read(sample)
		if sample[0].Value.Uint64() > maxMemory {
			what := "a template needs more than %d GiB of memory; check folder by folder to find it"
			if id := suspect(); id != "" {
				what = "the rule " + id + " needs more than %d GiB of memory, and could not be stopped"
			}
			fmt.Fprintf(errs, "lintel: gave up: "+what+"\n", maxMemory>>30) //nolint:errcheck // nothing is left to be done
			os.Exit(ExitIncomplete)
		}
	}
}
