package policies_test

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// mostApart is how much older than the newest file of data another may be. Data that is regenerated in part
// disagrees with itself.
const mostApart = 400 * 24 * time.Hour

// TestData checks the form of the data, and that none of it is much older than the rest.
func TestData(t *testing.T) {
	files, err := filepath.Glob("data/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no data: %v", err)
	}
	dates := map[string]time.Time{}
	for _, file := range files {
		var content map[string]struct{ Source, Updated string }
		load(t, file, &content)
		name := strings.TrimSuffix(path.Base(file), ".json")
		data, ok := content[name]
		if !ok || len(content) != 1 {
			t.Errorf("%s: want the single key %q", file, name)
		}
		if data.Source == "" {
			t.Errorf("%s has no source", file)
		}
		updated, err := time.Parse(time.DateOnly, data.Updated)
		if err != nil {
			t.Errorf("%s: updated is not a date: %v", file, err)
			continue
		}
		dates[file] = updated
	}
	for file, updated := range dates {
		for other, newer := range dates {
			if newer.Sub(updated) > mostApart {
				t.Errorf("%s is of %s and %s of %s: update it, too", file, updated.Format(time.DateOnly), other, newer.Format(time.DateOnly))
			}
		}
	}
}

// TestRiskyActions checks that the actions of iam_risks.json are spelled as rules compare them, and that those of
// Lambda exist.
func TestRiskyActions(t *testing.T) {
	var risks struct {
		Risks struct {
			Paths []struct {
				Keys []string
				With [][]string
				How  string
			}
		} `json:"iam_risks"`
	}
	load(t, "data/iam_risks.json", &risks)
	var actions struct {
		Actions struct{ Scopable map[string]string } `json:"iam_actions"`
	}
	load(t, "data/iam_actions.json", &actions)
	lambda := strings.Fields(actions.Actions.Scopable["lambda"])
	unscoped := []string{"createeventsourcemapping"}
	var how []string
	for _, way := range risks.Risks.Paths {
		if slices.Contains(how, way.How) {
			t.Errorf("two paths that %s", way.How)
		}
		how = append(how, way.How)
		for _, action := range slices.Concat(append(way.With, way.Keys)...) {
			service, name, ok := strings.Cut(action, ":")
			if !ok || action != strings.ToLower(action) || strings.ContainsAny(name, "*? ") {
				t.Errorf("%q is no action in small letters", action)
			}
			if service == "lambda" && !slices.Contains(lambda, name) && !slices.Contains(unscoped, name) {
				t.Errorf("Lambda has no action %s", action)
			}
		}
	}
}

// TestRuntimeData checks that each successor is a runtime with support, and that previews have no dates.
func TestRuntimeData(t *testing.T) {
	var data struct {
		Runtimes struct {
			List map[string]struct {
				Deprecated, Successor *string
				Preview               bool
			}
		}
	}
	load(t, "data/runtimes.json", &data)
	for name, runtime := range data.Runtimes.List {
		if runtime.Preview && runtime.Deprecated != nil {
			t.Errorf("the preview %s has a date", name)
		}
		if runtime.Successor == nil {
			continue
		}
		next, ok := data.Runtimes.List[*runtime.Successor]
		if !ok || next.Preview || next.Deprecated == nil || runtime.Deprecated == nil || *next.Deprecated < *runtime.Deprecated {
			t.Errorf("the successor %s of %s is no newer runtime", *runtime.Successor, name)
		}
	}
}

func load(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}
