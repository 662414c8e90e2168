package git

import (
	"context"
	"strings"
)

// Remote returns the URL that the repository was cloned from, or "" if it is unknown.
func (r *Repository) Remote(ctx context.Context) string {
	out, err := r.run(ctx, "config", "--get", "remote.origin.url")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
