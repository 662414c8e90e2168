// Command speed measures how much CPU time and memory lintel needs and prints a table with the goals: make bench. It
// needs Go, Git and no network. Works that are compared run in turn, and the table shows the medians, so that the load of
// the machine changes all of them alike.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
)

func main() {
	// As in cmd/lintel: parts of it run in this process.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(112 << 20)
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 2 && args[0] == "parse" {
		return parse(args[1])
	}
	if len(args) == 1 && args[0] == "loop" {
		return loop()
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	flags := flag.NewFlagSet("speed", flag.ContinueOnError)
	rounds := flags.Int("rounds", 11, "number of `rounds` of each comparison")
	rows := flags.String("rows", "", "measure only the rows that match the regular `expression`")
	program := flags.String("lintel", "", "the `program` to measure; default: build it")
	tree := flags.String("tree", os.Getenv("LINTEL_SPEED_TREE"), "also compare a `directory` with bare parsing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := regexp.Compile(*rows)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "lintel-speed-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // temporary
	m := &machine{ctx: ctx, dir: dir, lintel: *program, rounds: *rounds, tree: *tree}
	if m.lintel == "" {
		m.lintel = filepath.Join(dir, "lintel")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", m.lintel, "lintel/cmd/lintel").CombinedOutput(); err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
	}
	return m.print(chosen)
}

// row is a row of the table.
type row struct {
	work    string
	goals   []float64 // the highest values that are good enough; 0: none
	format  string    // of the values
	measure func(*machine) (values []float64, detail string, err error)
}

// print measures the rows whose names match and prints them.
func (m *machine) print(chosen *regexp.Regexp) error {
	fmt.Println("| work | goal | measured | | details |\n| --- | --- | --- | --- | --- |")
	for _, r := range rows() {
		if !chosen.MatchString(r.work) {
			continue
		}
		values, detail, err := r.measure(m)
		if err != nil {
			return fmt.Errorf("%s: %w", r.work, err)
		}
		if values == nil {
			continue
		}
		verdict := ""
		goals := make([]any, len(r.goals))
		measured := make([]any, len(values))
		for i, value := range values {
			goals[i], measured[i] = r.goals[i], value
			if value > r.goals[i] {
				verdict = "missed"
			}
		}
		goal := fmt.Sprintf(strings.ReplaceAll(r.format, "%.2f", "%g"), goals...)
		fmt.Printf("| %s | ≤ %s | %s | %s | %s |\n", r.work, goal, fmt.Sprintf(r.format, measured...), verdict, detail)
	}
	return nil
}
