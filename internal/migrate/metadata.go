package migrate

import (
	"encoding/base64"

	"lintel/internal/annotation"
	"lintel/internal/tree"
)

// section is a list of suppressions in metadata.
type section struct {
	tool   string
	path   []string // to the list
	reason string   // the key of an entry's reason; empty: entries are names of checks
}

func sections() []section {
	return []section{
		{cfnNag, []string{"cfn_nag", "rules_to_suppress"}, "reason"},
		{cdkNag, []string{"cdk_nag", "rules_to_suppress"}, "reason"},
		{checkov, []string{"checkov", "skip"}, "comment"},
		{checkov, []string{"bridgecrew", "skip"}, "comment"},
		{cfnLint, []string{"cfn-lint", "config", "ignore_checks"}, ""},
		{guard, []string{"guard", "SuppressedRules"}, ""},
	}
}

// metadata returns the requests of the metadata of a resource.
func (r Reader) metadata(m *annotation.Metadata) []Request {
	var found []Request
	for _, s := range sections() {
		list := m.Tree
		for _, key := range s.path {
			list = list.Field(key)
		}
		for _, entry := range list.Items {
			q := s.request(entry)
			q.At, q.whole = entry.Range, true
			q.target = target{metadata: m, path: s.path}
			if m.Resource == "" && q.Why == "" {
				q.Why = "it is about the whole template; ignore in .lintel.yaml can say that"
			}
			found = append(found, r.fill(q))
		}
	}
	return found
}

// request reads an entry of the list.
func (s section) request(entry tree.Tree) Request {
	q := Request{Tool: s.tool}
	if s.reason == "" {
		q.Check, _ = entry.String()
		return q
	}
	q.Check, _ = entry.Field("id").String()
	q.Reason, _ = entry.Field(s.reason).String()
	if entry.Field("is_reason_encoded").Scalar == true {
		if decoded, err := base64.StdEncoding.DecodeString(q.Reason); err == nil {
			q.Reason = string(decoded)
		}
	}
	if applies := entry.Field("applies_to"); len(applies.Items) > 0 {
		q.Why = "it holds for a part only, applies_to"
	}
	return q
}
