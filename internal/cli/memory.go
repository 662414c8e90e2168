package cli

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lintel/internal/deployment"
)

// Limits of memory, in bytes. Real repositories need less than a tenth; the limits protect CI machines from input that is
// made to exhaust them. At the lower one, the units in work are stopped and become problems; the higher one ends the program.
const (
	maxWork   = 3 << 29
	maxMemory = 2 << 30
)

// A run is short and needs little memory, so the collector runs less often than by default, until the heap approaches the
// soft limit, which makeRoom raises if a run needs more.
const (
	gcPercent = 400
	softLimit = 112 << 20 // bytes
)

// headroom is the memory that the collector leaves beside the live heap and a quarter of it, in bytes: with less, it runs all
// the time.
const headroom = 52 << 20

// sampling is the time between two looks at the memory, and endurance the number of looks at which it may exceed maxWork
// after the units in work are stopped, until the rest of the run is given up.
const (
	sampling  = 50 * time.Millisecond
	endurance = 60
)

// SetCollector sets how often the collector runs. It is for programs that call Main, before the call.
func SetCollector() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(softLimit)
}

// makeRoom raises the soft limit of the collector where the live heap, in bytes, comes near it.
func makeRoom(live uint64) {
	if wanted := min(live+live/4+headroom, maxWork); int64(wanted) > debug.SetMemoryLimit(-1) { //nolint:gosec // at most maxWork
		debug.SetMemoryLimit(int64(wanted)) //nolint:gosec // at most maxWork
	}
}

// memory limits the memory of a run.
type memory struct {
	work    deployment.Work
	suspect atomic.Pointer[func() string] // returns the custom rule that may exceed the limit, or ""
	begin   sync.Once

	above int // number of looks since the memory exceeds maxWork
}

// watch adapts the soft limit of the collector and looks at the memory until the program ends. suspect returns the custom
// rule that may exceed the limit, or ""; nil: there are none yet.
func (m *memory) watch(errs io.Writer, suspect func() string) {
	if suspect != nil {
		m.suspect.Store(&suspect)
	}
	m.begin.Do(func() { go m.look(errs) })
}

// look ends the program with ExitIncomplete when it exceeds maxMemory, before the system kills it without a message.
func (m *memory) look(errs io.Writer) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	for range time.Tick(sampling) {
		metrics.Read(sample)
		makeRoom(sample[1].Value.Uint64())
		if message := m.observe(sample[0].Value.Uint64()); message != "" {
			fmt.Fprintf(errs, "lintel: stopped: %s\n", message) //nolint:errcheck // there is no other stream for the error
			os.Exit(ExitIncomplete)
		}
	}
}

// observe stops what exceeds the limits with the memory in use, in bytes. If that is not enough, it returns a message with
// which the program ends.
func (m *memory) observe(used uint64) (message string) {
	m.above++
	switch {
	case used > maxMemory:
		return m.excess()
	case used <= maxWork:
		m.above = 0
	case m.above == 1:
		m.work.Stop(deployment.StoppedError(fmt.Sprintf("the check exceeds the limit of %.1f GiB of memory", float64(maxWork)/(1<<30))))
	case m.above == endurance:
		m.work.End("the run exceeds the limit of memory and was ended")
	}
	return ""
}

// excess describes what exceeds maxMemory.
func (m *memory) excess() string {
	if suspect := m.suspect.Load(); suspect != nil {
		if id := (*suspect)(); id != "" {
			return fmt.Sprintf("the rule %s exceeds the limit of %d GiB of memory and could not be stopped", id, maxMemory>>30)
		}
	}
	names := m.work.Names()
	if len(names) == 0 {
		return fmt.Sprintf("the run exceeds the limit of %d GiB of memory; check one directory at a time to find the template", maxMemory>>30)
	}
	return fmt.Sprintf("the run exceeds the limit of %d GiB of memory while it reads %s", maxMemory>>30, strings.Join(names, ", "))
}
