package check_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"go.yaml.in/yaml/v3"
	"golang.org/x/sync/errgroup"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/workspace"
	"lintel/policies"
)

// tree returns n templates, copies of those of the rules, each in its own directory.
func tree(tb testing.TB, n int) fstest.MapFS {
	tb.Helper()
	var texts []fstest.MapFile
	var names []string
	err := fs.WalkDir(os.DirFS("../../policies/rules"), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.Contains(p, "/testdata/") {
			return err
		}
		content, err := os.ReadFile("../../policies/rules/" + p)
		texts, names = append(texts, fstest.MapFile{Data: content}), append(names, path.Base(p))
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for i := range n {
		fsys[fmt.Sprintf("unit%04d/%s", i, names[i%len(names)])] = &texts[i%len(texts)]
	}
	return fsys
}

// onDisk writes files to a directory: a map file system searches all files to list a directory, unlike a disk.
func onDisk(tb testing.TB, files fstest.MapFS) fs.FS {
	tb.Helper()
	dir := tb.TempDir()
	for name, file := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return os.DirFS(dir)
}

func runAll(tb testing.TB, fsys fs.FS) finding.Report {
	tb.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		tb.Fatal(err)
	}
	report, err := workspace.Run(context.Background(), fsys, workspace.Settings{Rules: set, Bare: true, Today: today}, []string{"."}, workspace.Overrides{Profile: finding.All})
	if err != nil {
		tb.Fatal(err)
	}
	return report
}

// BenchmarkTree checks trees of growing size with all rules, without a warm-up. The time must be linear, and for 900
// templates at most 8 times that of BenchmarkBareParsing.
func BenchmarkTree(b *testing.B) {
	for _, n := range []int{1, 100, 900} {
		fsys := onDisk(b, tree(b, n))
		b.Run(fmt.Sprintf("templates=%d", n), func(b *testing.B) {
			for b.Loop() {
				runAll(b, fsys)
			}
		})
	}
}

// BenchmarkBareParsing only reads and parses the same files with hcl and yaml, on as many processors.
func BenchmarkBareParsing(b *testing.B) {
	files := tree(b, 900)
	fsys := onDisk(b, files)
	for b.Loop() {
		var group errgroup.Group
		group.SetLimit(runtime.GOMAXPROCS(0))
		for name := range files {
			group.Go(func() error {
				content, err := fs.ReadFile(fsys, name)
				if err != nil {
					return err
				}
				if strings.HasSuffix(name, ".tf") {
					_, diagnostics := hclsyntax.ParseConfig(content, name, hcl.InitialPos)
					if diagnostics.HasErrors() {
						return diagnostics
					}
					return nil
				}
				var document yaml.Node
				return yaml.NewDecoder(bytes.NewReader(content)).Decode(&document)
			})
		}
		if err := group.Wait(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFunctions checks one template with functions that have roles, variables and events, with all rules. 50
// functions may take at most ten times as long as one, and 100 at most twice as long as 50.
func BenchmarkFunctions(b *testing.B) {
	for _, n := range []int{1, 50, 100} {
		var text strings.Builder
		text.WriteString("Transform: AWS::Serverless-2016-10-31\nResources:\n")
		for i := range n {
			fmt.Fprintf(&text, `  F%d:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Environment: {Variables: {TABLE: orders, STAGE: prod}}
      Policies:
        - DynamoDBCrudPolicy: {TableName: orders}
        - Statement: [{Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::orders/*"}]
      Events:
        Api: {Type: HttpApi, Properties: {Path: /f%d, Method: GET}}
`, i, i)
		}
		fsys := fstest.MapFS{"template.yaml": {Data: []byte(text.String())}}
		b.Run(fmt.Sprintf("functions=%d", n), func(b *testing.B) {
			for b.Loop() {
				runAll(b, fsys)
			}
		})
	}
}
