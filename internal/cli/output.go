package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/write"
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
	cmd.Flags().StringArrayVarP(&f.also, "output", "o", nil, "write the report to `FILE` instead of standard output, or also to a file as FORMAT=FILE; repeatable; - is standard output")
}

// output is the format and the destination of a report.
type output struct {
	format report.Format
	file   string // empty: standard output
	none   bool   // nothing is written: a file takes the place of standard output
}

// outputs parses the flags. Standard output comes first. A value that contains an equals sign is FORMAT=FILE, so that a
// typo in FORMAT does not create a file.
func (f *outputFlags) outputs() ([]output, error) {
	format, err := oneOf("format", f.format, report.Formats())
	if err != nil {
		return nil, err
	}
	all := []output{{format: format}}
	for _, text := range f.also {
		name, file, ok := strings.Cut(text, "=")
		switch {
		case !ok && text == "-":
			continue // where it goes anyway
		case !ok && text != "" && !slices.Contains(report.Formats(), report.Format(text)):
			all[0].none = true
			all = append(all, output{format: format, file: text})
			continue
		case file == "":
			return nil, fmt.Errorf("--output is %q; it must be FILE or FORMAT=FILE, such as sarif=lintel.sarif", text)
		}
		also, err := oneOf("output", name, report.Formats())
		if err != nil {
			return nil, err
		}
		if file == "-" {
			all[0] = output{format: also}
			continue
		}
		all = append(all, output{format: also, file: file})
	}
	return all, nil
}

// write writes a report to all outputs. It continues after a file that cannot be written.
func (a *app) write(outputs []output, r finding.Report, opt report.Options) error {
	var failures []error
	for _, out := range outputs {
		if out.none {
			continue
		}
		if out.file == "" {
			failures = append(failures, report.Write(a.raw, out.format, r, opt))
			continue
		}
		plain := opt
		plain.Color, plain.Width = false, 0
		err := write.File(out.file, nil, func(w io.Writer) error { return report.Write(w, out.format, r, plain) })
		if err != nil {
			failures = append(failures, fmt.Errorf("--output %s=%s: %w", out.format, out.file, err))
		}
	}
	return errors.Join(failures...)
}
