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

// useColor decides whether to color the output: by the flag, then by the environment, then by whether the output is a
// terminal.
func (a *app) useColor(flag string) (bool, error) {
	word, err := oneOf("color", flag, []string{colorAuto, colorAlways, colorNever})
	if err != nil || word != colorAuto {
		return word == colorAlways, err
	}
	return colorOf(os.Getenv, isTerminal(a.raw)), nil
}

// colorOf decides whether to color the output by environment variables: NO_COLOR (https://no-color.org) disables color,
// FORCE_COLOR (https://force-color.org) and CLICOLOR_FORCE enable it for files and pipes, too, and CLICOLOR=0
// (https://bixense.com/clicolors) disables it. The first one that is set counts.
func colorOf(env func(string) string, terminal bool) bool {
	switch {
	case env("NO_COLOR") != "":
		return false
	case env("FORCE_COLOR") != "":
		return env("FORCE_COLOR") != "0" && env("FORCE_COLOR") != "false"
	case env("CLICOLOR_FORCE") != "" && env("CLICOLOR_FORCE") != "0":
		return true
	}
	return terminal && env("CLICOLOR") != "0" && env("TERM") != "dumb"
}

// width returns the number of columns of the terminal; 0: the output is no terminal.
func (a *app) width() int {
	file, ok := a.raw.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// clearScreen empties a terminal and its history.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// clear empties the terminal; a file stays as it is.
func (a *app) clear() {
	if isTerminal(a.raw) {
		io.WriteString(a.raw, clearScreen) //nolint:errcheck // what follows reports it
	}
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
