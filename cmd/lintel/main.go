// Command lintel checks AWS Lambda in Terraform, CloudFormation and SAM.
package main

import (
	"os"

	"lintel/internal/cli"
)

func main() {
	cli.SetCollector()
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
