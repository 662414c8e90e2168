package policy

import (
	"context"
	"time"

	"lintel/internal/finding"
)

// Limited is limited, for tests.
func Limited(ctx context.Context, limit time.Duration, memory uint64, do func(context.Context) error) (time.Duration, error) {
	return limited(ctx, limits{limit, memory}, do)
}

// Hurry gives the custom rules of a set less than they have.
func (s *Set) Hurry(limit time.Duration, memory uint64) {
	for _, custom := range s.custom {
		custom.guard.allowed = limits{limit, memory}
	}
}

// Speaking is speaking, for tests.
func Speaking(all []finding.Finding, rules []finding.Rule) []finding.Finding {
	return speaking(all, func(yield func(*finding.Rule) bool) {
		for i := range rules {
			if !yield(&rules[i]) {
				return
			}
		}
	})
}
