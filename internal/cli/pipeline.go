package cli

import (
	"fmt"
	"net/url"
	"strings"
)

// pipelines are the services whose environment names the repository and the commit of a run, with the variables that do and the
// form of the address of a line.
//
//   - https://docs.github.com/en/actions/reference/workflows-and-actions/variables
//   - https://docs.gitlab.com/ci/variables/predefined_variables/
//   - https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
var pipelines = []struct { //nolint:gochecknoglobals // a table, never written
	repository []string // joined by a slash
	commit     string
	line       string // %s the repository, %s the commit, %s the path, %d the line
}{
	{[]string{"GITHUB_SERVER_URL", "GITHUB_REPOSITORY"}, "GITHUB_SHA", "%s/blob/%s/%s#L%d"},
	{[]string{"CI_PROJECT_URL"}, "CI_COMMIT_SHA", "%s/-/blob/%s/%s#L%d"},
	{[]string{"BITBUCKET_GIT_HTTP_ORIGIN"}, "BITBUCKET_COMMIT", "%s/src/%s/%s#lines-%d"},
}

// lineAddress returns the function for report.Options.Line in a pipeline; nil: the environment names no repository.
func lineAddress(getenv func(string) string) func(path string, line int) string {
	for _, p := range pipelines {
		var parts []string
		for _, name := range p.repository {
			parts = append(parts, getenv(name))
		}
		repository, commit := strings.Join(parts, "/"), getenv(p.commit)
		if !isAddress(repository) || !isCommit(commit) {
			continue
		}
		return func(path string, line int) string {
			segments := strings.Split(path, "/")
			for i, segment := range segments {
				segments[i] = url.PathEscape(segment)
			}
			return fmt.Sprintf(p.line, repository, commit, strings.Join(segments, "/"), line)
		}
	}
	return nil
}

// isAddress reports whether a text is an address that a Markdown link can have as it is, without credentials.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(text, " ()<>\"\\\n")
}

// isCommit reports whether a text is the hash of a commit.
func isCommit(text string) bool {
	return len(text) >= 40 && strings.Trim(text, "0123456789abcdef") == ""
}
