package cli

import "testing"

func TestLineAddress(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	for name, tt := range map[string]struct {
		env  map[string]string
		want string
	}{
		"GitHub": {
			map[string]string{"GITHUB_SERVER_URL": "https://github.example", "GITHUB_REPOSITORY": "owner/name", "GITHUB_SHA": commit},
			"https://github.example/owner/name/blob/" + commit + "/in%20fra/%28x%29.tf#L7",
		},
		"GitLab": {
			map[string]string{"CI_PROJECT_URL": "https://gitlab.example/group/name", "CI_COMMIT_SHA": commit},
			"https://gitlab.example/group/name/-/blob/" + commit + "/in%20fra/%28x%29.tf#L7",
		},
		"Bitbucket": {
			map[string]string{"BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.example/owner/name", "BITBUCKET_COMMIT": commit},
			"http://bitbucket.example/owner/name/src/" + commit + "/in%20fra/%28x%29.tf#lines-7",
		},
		"none":              {nil, ""},
		"no commit":         {map[string]string{"CI_PROJECT_URL": "https://gitlab.example/group/name"}, ""},
		"a branch":          {map[string]string{"CI_PROJECT_URL": "https://gitlab.example/group/name", "CI_COMMIT_SHA": "main"}, ""},
		"credentials":       {map[string]string{"CI_PROJECT_URL": "https://user:pass@gitlab.example/name", "CI_COMMIT_SHA": commit}, ""},
		"another scheme":    {map[string]string{"CI_PROJECT_URL": "javascript://gitlab.example/name", "CI_COMMIT_SHA": commit}, ""},
		"the end of a link": {map[string]string{"CI_PROJECT_URL": "https://gitlab.example/a)b", "CI_COMMIT_SHA": commit}, ""},
	} {
		line := lineAddress(func(name string) string { return tt.env[name] })
		got := ""
		if line != nil {
			got = line("in fra/(x).tf", 7)
		}
		if got != tt.want {
			t.Errorf("%s: %q, not %q", name, got, tt.want)
		}
	}
}
