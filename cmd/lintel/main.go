// Command lintel checks AWS Lambda in Terraform, CloudFormation and SAM.
package main

import (
	"os"
	"runtime/debug"

	"lintel/internal/cli"
)

// A run is short and its memory small, so the collector may wait for more garbage than usual;
// where there is a lot of it after all, it works as often as it must to stay near the limit.
const (
	gcPercent   = 400
	memoryLimit = 128 << 20 // bytes
)

func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
