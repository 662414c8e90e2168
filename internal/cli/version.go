package cli

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/report"
)

// build describes the build of the program, from the data that the Go tool embeds.
type build struct {
	Version  string `json:"version"`            // (devel): unknown
	Revision string `json:"revision,omitempty"` // commit; empty: not built in a repository
	Time     string `json:"time,omitempty"`     // time of the commit
	Modified bool   `json:"modified"`           // built with uncommitted changes
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// buildInfo reads the data that the Go tool embedded.
func buildInfo() build {
	b := build{Version: "(devel)"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	b.Go = info.GoVersion
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	b.Revision, b.Time, b.Modified = settings["vcs.revision"], settings["vcs.time"], settings["vcs.modified"] == "true"
	b.Platform = settings["GOOS"] + "/" + settings["GOARCH"]
	return b
}

func version() string { return buildInfo().Version }

func (a *app) versionCommand() *cobra.Command {
	var verbose bool
	var format string
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			f, err := oneOf("format", format, []report.Format{report.Text, report.JSON})
			if err != nil {
				return err
			}
			b := buildInfo()
			switch {
			case f == report.JSON:
				encoder := json.NewEncoder(a.out)
				encoder.SetIndent("", "  ")
				return encoder.Encode(b)
			case verbose:
				_, err = fmt.Fprint(a.out, b.text())
			default:
				_, err = fmt.Fprintln(a.out, "lintel", b.Version)
			}
			return err
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "also print the commit, the Go version and the platform")
	cmd.Flags().StringVar(&format, "format", string(report.Text), "output `FORMAT`: text or json")
	return cmd
}

// text formats the build, one fact per line.
func (b build) text() string {
	var out strings.Builder
	fmt.Fprintf(&out, "lintel %s\n", b.Version)
	if b.Revision != "" {
		changed := ""
		if b.Modified {
			changed = " with uncommitted changes"
		}
		fmt.Fprintf(&out, "commit %s%s\nof %s\n", b.Revision, changed, b.Time)
	}
	fmt.Fprintf(&out, "%s %s\n", b.Go, b.Platform)
	return out.String()
}
