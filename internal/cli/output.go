package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/finding"
	"lintel/internal/report"
)

// outputFlags say where a report goes besides the standard output, and in which formats.
type outputFlags struct {
	format string
	also   []string
}

func (f *outputFlags) register(cmd *cobra.Command) {
	names := make([]string, len(report.Formats()))
	for i, format := range report.Formats() {
		names[i] = string(format)
	}
	cmd.Flags().StringVar(&f.format, "format", string(report.Text), "output format: "+strings.Join(names, ", "))
	cmd.Flags().StringArrayVar(&f.also, "output", nil, "write the report to a file as well, as `FORMAT=FILE`; repeatable; - is the standard output")
}

// output is a report that is to be written.
type output struct {
	format report.Format
	file   string // empty: the standard output
}

// outputs are what the flags ask for, the standard output first.
func (f *outputFlags) outputs() ([]output, error) {
	format, err := oneOf("format", f.format, report.Formats())
	if err != nil {
		return nil, err
	}
	all := []output{{format: format}}
	for _, text := range f.also {
		name, file, ok := strings.Cut(text, "=")
		if !ok || file == "" {
			return nil, fmt.Errorf("--output is %q; it must be FORMAT=FILE, like sarif=lintel.sarif", text)
		}
		also, err := oneOf("output", name, report.Formats())
		if err != nil {
			return nil, err
		}
		if file == "-" {
			all[0].format = also
			continue
		}
		all = append(all, output{also, file})
	}
	return all, nil
}

// write writes a report everywhere. A file that cannot be written does not keep the others from
// being written.
func (a *app) write(outputs []output, r finding.Report, opt report.Options) error {
	var failures []error
	for _, out := range outputs {
		if out.file == "" {
			failures = append(failures, report.Write(a.out, out.format, r, opt))
			continue
		}
		plain := opt
		plain.Color = false
		err := replaceFile(out.file, func(w io.Writer) error { return report.Write(w, out.format, r, plain) })
		if err != nil {
			failures = append(failures, fmt.Errorf("--output %s=%s: %w", out.format, out.file, err))
		}
	}
	return errors.Join(failures...)
}

// readable is the mode of a report: everyone may read it.
const readable = 0o644

// replaceFile writes a file whole or not at all. What is no regular file, like a pipe or the summary
// of a step, is written to as it is.
func replaceFile(name string, write func(io.Writer) error) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, readable)
		if err != nil {
			return err
		}
		return errors.Join(write(file), file.Close())
	}
	return swap(name, readable, write, func(string) error { return nil })
}

// swap replaces a file atomically. ready is called last, with the name of the new file; an error leaves everything
// unchanged.
func swap(name string, mode os.FileMode, write func(io.Writer) error, ready func(temporary string) error) error {
	file, err := os.CreateTemp(filepath.Dir(name), ".lintel-*")
	if err != nil {
		return err
	}
	err = errors.Join(write(file), file.Chmod(mode), file.Close())
	if err == nil {
		err = ready(file.Name())
	}
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
