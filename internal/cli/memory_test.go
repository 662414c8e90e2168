package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lintel/internal/deployment"
)

// TestMemory lets the memory of a run grow: the units in work are stopped first, then the rest of the run, and the program
// ends with the names of the units that go on.
func TestMemory(t *testing.T) {
	var m memory
	ctx := m.work.With(t.Context())
	begin := func(name string) (context.Context, func()) {
		t.Helper()
		return deployment.Begin(ctx, name)
	}
	look := func(used uint64) {
		t.Helper()
		if message := m.observe(used); message != "" {
			t.Fatalf("the program ends: %s", message)
		}
	}
	isStopped := func(ctx context.Context) bool {
		_, ok := errors.AsType[deployment.StoppedError](context.Cause(ctx))
		return ok
	}

	first, endFirst := begin("first")
	look(maxWork)
	if isStopped(first) {
		t.Error("a unit is stopped within the limit")
	}
	look(maxWork + 1)
	if !isStopped(first) {
		t.Error("a unit is not stopped above the limit")
	}
	second, endSecond := begin("second")
	look(maxWork + 1)
	if isStopped(second) {
		t.Error("a unit that begins before the memory is free is stopped")
	}
	endFirst()
	look(maxWork)
	look(maxWork + 1)
	if !isStopped(second) {
		t.Error("a unit is not stopped above the limit for the second time")
	}
	for range endurance {
		look(maxWork + 1)
	}
	if third, end := begin("third"); !isStopped(third) {
		t.Error("the rest is not given up")
	} else {
		end()
	}
	if message := m.observe(maxMemory + 1); !strings.Contains(message, "second") || strings.Contains(message, "first") || !strings.Contains(message, "2 GiB") {
		t.Errorf("the program ends with %q", message)
	}
	endSecond()
	if message := m.observe(maxMemory + 1); !strings.Contains(message, "one directory at a time") {
		t.Errorf("without units in work the program ends with %q", message)
	}
	suspect := func() string { return "my-rule" }
	m.suspect.Store(&suspect)
	if message := m.observe(maxMemory + 1); !strings.Contains(message, "the rule my-rule") {
		t.Errorf("with a rule in work the program ends with %q", message)
	}
}
