// Command lintel checks AWS Lambda in Terraform, CloudFormation and SAM.
package main

import (
	"os"
	"runtime/debug"

	"lintel/internal/cli"
)

// A run is short and needs little memory, so the collector runs less often than by default, until the heap approaches
// the limit, which a check raises if it needs more.
const (
	gcPercent   = 400
	memoryLimit = 128 << 20 // bytes
)

func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
