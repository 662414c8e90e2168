package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"lintel/internal/finding"
	"lintel/internal/home"
	"lintel/internal/report"
)

// displayFlags are the flags that control how much of a report is displayed, and in what order.
type displayFlags struct {
	severity   string
	sort       string
	quiet      bool
	statistics bool
	exitZero   bool
	undecided  bool
	color      string
}

func (f *displayFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.severity, "severity", finding.Info.String(), "show only findings of this `SEVERITY` or higher: info, low, medium, high or critical; does not change the exit code")
	flags.StringVar(&f.sort, "sort", "", "sort findings by `ORDER`: severity, file or rule (default: severity in formats for people and github, file in the others)")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "text, concise and full: print only findings and what was not checked")
	flags.BoolVar(&f.statistics, "statistics", false, "print a table of the number of findings of each rule instead of the findings")
	flags.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 even if there are findings at or above --fail-on")
	flags.StringVar(&f.color, "color", colorAuto, "color the text output: auto, always or never")
	flags.BoolVar(&f.undecided, "undetermined", false, "list the checks that are undetermined because a value is unknown")
}

// options converts the flags to options of a report whose first output has the format.
func (f *displayFlags) options(a *app, first output) (opt report.Options, err error) {
	least, ok := finding.ParseSeverity(f.severity)
	if !ok {
		_, err := oneOf("severity", f.severity, finding.Severities())
		return opt, err
	}
	if f.sort != "" {
		if opt.Order, err = oneOf("sort", f.sort, report.Orders()); err != nil {
			return opt, err
		}
	}
	switch {
	case f.statistics && f.quiet:
		return opt, errors.New("--statistics prints a table and --quiet only findings; use one of them")
	case f.statistics && !first.format.IsText():
		return opt, fmt.Errorf("--statistics prints a table as text; remove --statistics or --format %s", first.format)
	}
	opt.Least, opt.Quiet, opt.Statistics, opt.Undecided, opt.Version = least, f.quiet, f.statistics, f.undecided, version()
	if opt.Color, err = a.useColor(f.color); err != nil {
		return opt, err
	}
	opt.Width = a.width()
	opt.Home, opt.Page, opt.Line = home.URL, home.Page, lineAddress(os.Getenv)
	return opt, nil
}
