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

// outputFlags are the flags for the formats and files of a report.
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
	cmd.Flags().StringArrayVar(&f.also, "output", nil, "also write the report to a file, as `FORMAT=FILE`; repeatable; - is standard output")
}

// output is the format and the destination of a report.
type output struct {
	format report.Format
	file   string // empty: standard output
}

// outputs parses the flags. Standard output comes first.
func (f *outputFlags) outputs() ([]output, error) {
	format, err := oneOf("format", f.format, report.Formats())
	if err != nil {
		return nil, err
	}
	all := []output{{format: format}}
	for _, text := range f.also {
		name, file, ok := strings.Cut(text, "=")
		if !ok || file == "" {
			return nil, fmt.Errorf("--output is %q; it must be FORMAT=FILE, such as sarif=lintel.sarif", text)
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

// write writes a report to all outputs. It continues after a file that cannot be written.
func (a *app) write(outputs []output, r finding.Report, opt report.Options) error {
	var failures []error
	for _, out := range outputs {
		if out.file == "" {
			failures = append(failures, report.Write(a.raw, out.format, r, opt))
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

// readable is the mode of a report that everyone may read.
const readable = 0o644

// replaceFile replaces a file atomically. It writes in place to anything but a regular file, such as a pipe or a step
// summary.
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

// swap replaces a file atomically. It calls ready just before, with the name of the new file; an error of ready
// leaves the file unchanged.
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
