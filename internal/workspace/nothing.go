package workspace

import (
	"io/fs"
	"path"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// NothingToCheck returns the problem of a path below which nothing can be checked. If the path is in the directory of a tool
// that generates templates, the message contains the command that writes them.
func NothingToCheck(files fs.FS, p string) finding.Problem {
	message := "nothing to check: no Terraform module, CloudFormation or SAM template or Terraform plan in JSON"
	for dir := path.Clean(p); dir != "." && fs.ValidPath(dir); {
		dir = path.Dir(dir)
		if hint := hintIn(files, dir); hint != "" {
			return finding.Problem{Range: source.Range{Path: p}, Message: message + "; " + hint}
		}
	}
	return finding.Problem{Range: source.Range{Path: p}, Message: message}
}

// hintIn returns the hint for the file of a tool in a directory, and "" if there is none.
func hintIn(files fs.FS, dir string) string {
	entries, _ := fs.ReadDir(files, dir) // one that cannot be listed gives no hint
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch source.ToolOf(name) {
		case source.CDK:
			return name + ` is that of a CDK application: run "cdk synth" there and check cdk.out`
		case source.ServerlessFramework:
			return name + ` is that of the Serverless Framework: run "serverless package" there and check .serverless`
		case source.Terragrunt:
			return name + ` is that of Terragrunt: run "terragrunt plan -out=tfplan" and "terragrunt show -json tfplan" there and check the plan`
		case source.NoTool, source.Submodules, source.SAMCLI:
		}
	}
	return ""
}
