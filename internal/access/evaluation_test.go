package access

import (
	"strings"
	"testing"

	"lintel/internal/model"
	"lintel/internal/source"
)

// policyLayers reads policies, each of which must allow a request.
func policyLayers(t *testing.T, about *facts, documents []string) [][]rule {
	t.Helper()
	var layers [][]rule
	for _, document := range documents {
		limit, err := ParseLimit("policy.json", false, []byte(`{"Version": "2012-10-17", "Statement": [`+document+`]}`))
		if err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		layers = append(layers, rulesOf(&limit.Statements, func(string) string { return "" }, about))
	}
	return layers
}

// TestEvaluation checks the cases of the evaluation logic.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
func TestEvaluation(t *testing.T) {
	const (
		all      = `{"Effect": "Allow", "Action": "*", "Resource": "*"}`
		s3       = `{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}`
		read     = `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::orders/*"}`
		elsewise = `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*"}`
		denyRead = `{"Effect": "Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::orders/*"}`
		key      = `{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::orders/key"}`
		denyAll  = `{"Effect": "Deny", "Action": "*", "Resource": "*"}`
		insecure = `{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}`
		only     = `{"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::orders/*"}`
		region   = `{"Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}`
		exempt   = `{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/app-*"}}}`
		service  = `{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}}}`
	)
	about := &facts{
		values:   map[string][]string{"aws:principalisawsservice": {"false"}},
		patterns: map[string]string{"aws:principalarn": "arn:aws:iam::*:role/app-orders"},
	}
	for _, c := range []struct {
		name, action string
		layers       []string
		want         Certainty
	}{
		{"no statement: implicit denial", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}`}, No},
		{"identity policy allows", "s3:GetObject", []string{read}, Yes},
		{"actions ignore case", "s3:GETOBJECT", []string{read}, Yes},
		{"another action of the service", "s3:PutObject", []string{read}, No},
		{"wildcard for the service", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}`}, Yes},
		{"question mark in an action", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "s3:?etObject", "Resource": "*"}`}, Yes},
		{"question mark is exactly one character", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "s3:?GetObject", "Resource": "*"}`}, No},
		{"explicit denial of everything", "s3:GetObject", []string{read + "," + denyAll}, No},
		{"order does not matter", "s3:GetObject", []string{denyAll + "," + read}, No},
		{"denial of the same resources by a wildcard", "s3:GetObject", []string{read + "," + denyRead}, No},
		{"denial of other resources", "s3:GetObject", []string{elsewise + "," + denyRead}, Yes},
		{"denial of one of the resources", "s3:GetObject", []string{read + "," + key}, Yes},
		{"denials that cover the resources together", "s3:GetObject", []string{
			`{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a*"},` +
				`{"Effect": "Deny", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::a?*"]}`,
		}, No},
		{"conditional denial", "s3:GetObject", []string{read + "," + insecure}, Conditional},
		{"conditional allowance", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}`}, Conditional},
		{"NotAction allows the rest", "s3:GetObject", []string{`{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}`}, Yes},
		{"NotAction leaves out", "iam:PassRole", []string{`{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}`}, No},
		{"denial with NotAction", "s3:GetObject", []string{all + `,{"Effect": "Deny", "NotAction": "sqs:*", "Resource": "*"}`}, No},
		{"allowance with NotAction and denial", "iam:PassRole", []string{all + `,{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}`}, Yes},
		{"NotResource allows the rest", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::orders/*"}`}, Yes},
		{"NotResource of everything", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "s3:*", "NotResource": "*"}`}, No},
		{"denial with NotResource inside", "s3:GetObject", []string{read + "," + only}, Yes},
		{"denial with NotResource outside", "s3:GetObject", []string{elsewise + "," + only}, No},
		{"boundary does not grant", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}`, all}, No},
		{"identity policy and boundary", "s3:GetObject", []string{read, s3}, Yes},
		{"boundary without the action", "s3:GetObject", []string{read, `{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}`}, No},
		{"boundary with other resources", "s3:GetObject", []string{read, elsewise}, No},
		{"boundary with overlapping patterns", "s3:GetObject", []string{
			`{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a*"}`, `{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*z"}`,
		}, Yes},
		{"boundary that denies", "s3:GetObject", []string{read, all + "," + denyRead}, No},
		{"identity, boundary and control policy", "s3:GetObject", []string{all, s3, read}, Yes},
		{"three policies without a common resource", "s3:GetObject", []string{all, read, elsewise}, No},
		{"control policy as a list of denials", "s3:GetObject", []string{read, all + "," + denyRead}, No},
		{"control policy by region", "s3:GetObject", []string{read, all + "," + region}, Conditional},
		{"control policy by region leaves global services", "iam:PassRole", []string{all, all + "," + region}, Yes},
		{"control policy that exempts the role", "s3:GetObject", []string{read, all + "," + exempt}, Yes},
		{"condition that no role meets", "s3:GetObject", []string{service}, No},
		{"policy variable in a resource", "s3:GetObject", []string{`{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}`}, Conditional},
		{"resources are compared with their case", "s3:GetObject", []string{read + `,{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::ORDERS/*"}`}, Yes},
		{"question mark in a resource", "s3:GetObject", []string{
			`{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a"},{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::?"}`,
		}, No},
	} {
		layers := policyLayers(t, about, c.layers)
		if got, _ := (&question{identity: layers[0], within: layers[1:]}).effective(strings.ToLower(c.action)); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.name, c.action, got, c.want)
		}
	}
}

func TestFactsOfRole(t *testing.T) {
	r := model.Role{Name: model.Known("app-x", rangeOf()), Path: model.Known("/", rangeOf())}
	about := factsOfRole(&r)
	for pattern, want := range map[string]Certainty{
		"arn:aws:iam::*:role/app-*": Maybe, "arn:*:iam::*:role/app-*": Yes, "arn:aws:iam::*:role/admin": No,
		"arn:aws:iam::111122223333:role/app-x": Maybe, "*": Yes,
	} {
		c := model.Condition{Operator: model.Known("ArnLike", rangeOf()), Key: model.Known("aws:PrincipalArn", rangeOf())}
		c.Values = model.NewList(rangeOf(), model.Known(pattern, rangeOf()))
		if got := about.holds(&c); got != want {
			t.Errorf("ArnLike %s is %s, want %s", pattern, got, want)
		}
	}
}

func TestParseLimit(t *testing.T) {
	for text, want := range map[string]string{
		``: "not JSON", `{`: "not JSON", `[]`: `object with "Statement"`, `{}`: `object with "Statement"`, `{"Statement": []}`: `object with "Statement"`,
		`{"Statement": [1]}`: "statement 1", `{"Statement": {"Effect": "Allow", "Action": "*"}}`: `"Resource" or "NotResource"`,
		`{"Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}`:                                    `"Effect" Allow or Deny`,
		`{"Statement": {"Effect": "Deny", "Action": "*", "NotAction": "*", "Resource": "*"}}`:                   `"Action" or "NotAction"`,
		`{"Statement": [` + strings.Repeat(`{"Effect": "Deny", "Action": "*", "Resource": "*"},`, 500) + `{}]}`: "limit of 500 statements",
	} {
		if _, err := ParseLimit("f", false, []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %s", text, err, want)
		}
	}
	l, err := ParseLimit("f", true, []byte("\ufeff"+`{"Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": ["*"]}}`))
	if err != nil || l.String() != "session policy f" || len(l.Statements.Items) != 1 {
		t.Errorf("%v %v", l, err)
	}
}

// TestManyPatterns checks that patterns made to be compared for long are compared in bounded time.
func TestManyPatterns(t *testing.T) {
	long := `{"Effect": "Allow", "Action": "s3:*", "Resource": "` + strings.Repeat("*a", 200) + `"}`
	other := `{"Effect": "Allow", "Action": "s3:*", "Resource": "` + strings.Repeat("*b", 200) + `*"}`
	deny := strings.Repeat(`,{"Effect": "Deny", "Action": "s3:*", "Resource": "`+strings.Repeat("*?c", 100)+`"}`, 400)
	layers := policyLayers(t, nil, []string{long + deny, other, other})
	if got, _ := (&question{identity: layers[0], within: layers[1:]}).effective("s3:getobject"); got != Maybe {
		t.Errorf("%s, want unknown", got)
	}
}

func rangeOf() (at source.Range) { return at }

// TestEvaluationWithResources checks the cases of resource-based policies, within an account and across accounts.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
func TestEvaluationWithResources(t *testing.T) {
	const (
		none  = `{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}`
		read  = `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::orders/*"}`
		other = `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*"}`
		deny  = `{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::orders/*"}`
	)
	for _, c := range []struct {
		name                                         string
		identity, boundary, control, granted, direct string
		across                                       bool
		want                                         Certainty
	}{
		{name: "resource policy names the role, no identity policy", identity: none, granted: read, want: Yes},
		{name: "resource policy names the role, boundary does not list it", identity: none, granted: read, boundary: none, want: No},
		{name: "resource policy names the role, boundary lists it", identity: none, granted: read, boundary: read, want: Yes},
		{name: "resource policy names the session, boundary does not list it", identity: none, direct: read, boundary: none, want: Yes},
		{name: "resource policy names the session, boundary denies", identity: none, direct: read, boundary: none + "," + deny, want: No},
		{name: "resource policy names the session, control policy does not list it", identity: none, direct: read, control: none, want: No},
		{name: "resource policy denies what the identity policy allows", identity: read, granted: deny, want: No},
		{name: "resource policy denies another resource", identity: other, granted: deny, want: Yes},
		{name: "identity policy denies what the resource policy allows", identity: deny, granted: read, want: No},
		{name: "same account: one side is enough", identity: read, granted: other, want: Yes},
		{name: "across accounts: identity policy alone", identity: read, across: true, want: No},
		{name: "across accounts: resource policy alone", identity: none, granted: read, across: true, want: No},
		{name: "across accounts: both", identity: read, granted: read, across: true, want: Yes},
		{name: "across accounts: both, of different resources", identity: read, granted: other, across: true, want: No},
		{name: "across accounts: the session also needs the boundary", identity: read, direct: read, boundary: none, across: true, want: No},
	} {
		rules := func(document string) []rule {
			if document == "" {
				return nil
			}
			return policyLayers(t, nil, []string{document})[0]
		}
		q := question{identity: rules(c.identity), granted: rules(c.granted), direct: rules(c.direct), across: c.across}
		if c.boundary != "" {
			q.within = append(q.within, rules(c.boundary))
		}
		if c.control != "" {
			q.outer = append(q.outer, rules(c.control))
		}
		if got, _ := q.effective("s3:getobject"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
