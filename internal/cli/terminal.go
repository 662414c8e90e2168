package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// Values of --color.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

// useColor decides whether to color the output: by the flag, then by NO_COLOR (https://no-color.org), then by whether
// the output is a terminal.
func (a *app) useColor(flag string) (bool, error) {
	word, err := oneOf("color", flag, []string{colorAuto, colorAlways, colorNever})
	if err != nil || word != colorAuto {
		return word == colorAlways, err
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(a.raw), nil
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// progress shows the progress of a long run on a terminal.
type progress struct {
	w     io.Writer // nil: the standard error is not a terminal
	start time.Time
	mu    sync.Mutex
	last  time.Time
	shown bool
}

// A run shows its progress after patience, and updates it at most every pace.
const (
	patience = time.Second
	pace     = 100 * time.Millisecond
)

func (a *app) startProgress() *progress {
	p := &progress{start: time.Now()}
	if isTerminal(a.errs.w) {
		p.w = a.errs
	}
	return p
}

func (p *progress) report(done, total int) {
	if p.w == nil || time.Since(p.start) < patience {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.last) < pace {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\r%d of %d checked", done, total) //nolint:errcheck // progress is best effort
}

func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K") //nolint:errcheck // progress is best effort
	}
}
