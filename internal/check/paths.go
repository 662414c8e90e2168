package check

import (
	"sync"

	"lintel/internal/access"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/policies"
)

// tables are the facts about actions of AWS, read when a stack first needs them.
var tables = sync.OnceValues(func() (*access.Tables, error) { return access.ReadTables(policies.Compiled) }) //nolint:gochecknoglobals // a table, made once

// derive adds to a stack what rules read and no template declares: paths. It returns a problem if that fails.
func (r Request) derive(u deployment.Unit, parsed deployment.Parsed) []finding.Problem {
	if err := access.Derive(parsed.Stack, tables, r.TrustedAccounts); err != nil {
		p := finding.Problem{Message: err.Error()}
		p.Range.Path = u.Root
		return []finding.Problem{p}
	}
	return nil
}
