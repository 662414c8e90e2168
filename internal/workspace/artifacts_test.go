package workspace_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/artifact"
	"lintel/internal/workspace"
)

// published adds an OCI artifact with a configuration to a tree and returns the line that extends it.
func published(files fstest.MapFS, configuration string) string {
	manifest := fmt.Sprintf(`{"layers":[{"digest":"sha256:%s","size":%d,"annotations":{"org.opencontainers.image.title":".lintel.yaml"}}]}`,
		artifact.Sum([]byte(configuration)), len(configuration))
	for _, blob := range []string{manifest, configuration} {
		files[artifact.PathOf(artifact.Sum([]byte(blob)))] = &fstest.MapFile{Data: []byte(blob)}
	}
	return "extends: oci://registry.example.com/rules@sha256:" + artifact.Sum([]byte(manifest)) + "\n"
}

// TestArtifactOfAnEditor checks that an editor reports a missing artifact, keeps the last valid configuration, and applies
// the artifact as soon as it is there.
func TestArtifactOfAnEditor(t *testing.T) {
	files, w, set := tree(map[string]string{"main.tf": openURL, ".lintel.yaml": "rules: {function-url-auth-none: {severity: low}}\n"}), workspace.NewLasting(), settings(t)
	set.Lenient = true
	low, critical := []string{"main.tf low function-url-auth-none!"}, []string{"main.tf critical function-url-auth-none!"}
	expect := func(step string, want []string, problem string) {
		t.Helper()
		report := check(t, w, files, set, everything, workspace.Overrides{Only: []string{"function-url-auth-none"}}).Report
		if diff := cmp.Diff(want, said(report)); diff != "" {
			t.Errorf("%s: %s", step, diff)
		}
		if problem == "" && len(report.Problems) > 0 || problem != "" && (len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Message, problem)) {
			t.Errorf("%s: problems %v, want %q", step, report.Problems, problem)
		}
	}
	expect("a valid configuration", low, "")
	line := published(files, "rules: {function-url-auth-none: {severity: critical}}\n")
	files[".lintel.yaml"] = &fstest.MapFile{Data: []byte(line)}
	name := artifact.PathOf(line[len(line)-65 : len(line)-1])
	blob := files[name]
	delete(files, name)
	expect("a missing artifact", low, `run "lintel rules pull"`)
	files[name] = blob
	expect("a pulled artifact", critical, "")
	files[name] = &fstest.MapFile{Data: append([]byte(" "), blob.Data...)}
	expect("an altered artifact", critical, "does not have this digest")
}

// TestArtifactOfTheBase checks that a change cannot exchange an artifact to check itself less, and that the base needs no
// blob that the change removes.
func TestArtifactOfTheBase(t *testing.T) {
	base, set := tree(map[string]string{"main.tf": openURL}), settings(t)
	base[".lintel.yaml"] = &fstest.MapFile{Data: []byte(published(base, "fail-on: low\n"))}
	now := tree(map[string]string{"main.tf": openURL})
	now[".lintel.yaml"] = &fstest.MapFile{Data: []byte(published(now, "rules: {function-url-auth-none: off}\n"))}
	set.Base = &workspace.Base{FS: base}
	only := workspace.Overrides{}
	report := check(t, workspace.New(), now, set, everything, only).Report
	if got := strings.Join(said(report), "\n"); !strings.Contains(got, "function-url-auth-none!") {
		t.Errorf("the change switches a rule off: %s", got)
	}
	set.Base.Trust = true
	if got := strings.Join(said(check(t, workspace.New(), now, set, everything, only).Report), "\n"); strings.Contains(got, "function-url-auth-none") {
		t.Errorf("trusted: %s", got)
	}
}
