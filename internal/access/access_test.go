package access

import (
	"testing"

	"lintel/policies"
)

func TestGlob(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"s3:get*", "s3:getobject", true},
		{"s3:get?bject", "s3:getobject", true},
		{"*", "", true},
		{"s3:*:*", "s3:getobject", false},
		{"*object", "s3:getobject", true},
		{"*a*b", "xaxbxb", true},
		{"s3:get", "s3:getobject", false},
		{"", "a", false},
	} {
		if got := glob(c.pattern, c.text); got != c.want {
			t.Errorf("glob(%q, %q) = %v", c.pattern, c.text, got)
		}
	}
}

func TestIsBroad(t *testing.T) {
	for _, c := range []struct {
		resource, service string
		want              bool
	}{
		{"*", "s3", true},
		{"*", "*", true},
		{"arn:aws:s3:::*", "s3", true},
		{"arn:aws:s3:::*", "*", false},
		{"arn:aws:s3:::*", "sqs", false},
		{"arn:aws:s3:::bucket/*", "s3", false},
		{"arn:aws:iam::111122223333:role/*", "iam", true},
		{"arn:aws:iam::111122223333:role/a*", "iam", false},
		{"arn:aws:lambda:*:*:function:*", "lambda", true},
		{"arn:aws:lambda:*:*:function:f", "lambda", false},
		{"arn:aws:s3:*", "s3", true},
		{"arn:*", "s3", true},
		{"arn:aws:*:*:*:*", "*", true},
		{"", "s3", false},
	} {
		if got := isBroad(c.resource, c.service); got != c.want {
			t.Errorf("isBroad(%q, %q) = %v", c.resource, c.service, got)
		}
	}
}

func TestReach(t *testing.T) {
	b := builder{own: map[string]bool{"111122223333": true}}
	for _, c := range []struct {
		kind, principal string
		known, narrow   bool
		want            Reach
	}{
		{"", "*", true, false, Public},
		{"", "*", true, true, Limited},
		{"", "", false, true, Unknown},
		{"", "123456789012", true, false, CrossAccount},
		{"", "arn:aws:iam::123456789012:root", true, true, CrossAccount},
		{"AWS", "arn:aws:iam::111122223333:role/r", true, false, Limited},
		{"", "events.amazonaws.com", true, false, CrossAccount},
		{"", "events.amazonaws.com", true, true, Limited},
		{"", "elasticloadbalancing.amazonaws.com", true, false, Limited},
		{"AWS", "AIDAEXAMPLE", true, false, Unknown},
	} {
		if got := b.reach(c.kind, c.principal, c.known, c.narrow); got != c.want {
			t.Errorf("reach(%q, %q, %v, %v) = %s, want %s", c.kind, c.principal, c.known, c.narrow, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	tables, err := ReadTables(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	for action, kind := range map[string]RiskKind{
		"secretsmanager:getsecretvalue": Secrets, "ssm:getparameter": Secrets, "s3:getobject": Data, "iam:passrole": PassRole,
		"lambda:invokefunction": Invoke, "sts:assumerole": AssumeRole, "kms:decrypt": Decrypt, "iam:attachrolepolicy": Permissions,
	} {
		if kinds := tables.kinds[action]; len(kinds) == 0 || kinds[0] != kind {
			t.Errorf("%s has the kinds %v, want %s", action, kinds, kind)
		}
	}
	if len(tables.paths) == 0 || tables.admin["AdministratorAccess"] == "" || tables.broad["AmazonS3FullAccess"] == "" {
		t.Error("a table is empty")
	}
}

func TestBase(t *testing.T) {
	for id, want := range map[string]string{"a.b": "a.b", `module.m["x"].a.b[0]`: "module.m.a.b", "a]": "a", "[": ""} {
		if got := base(id); got != want {
			t.Errorf("base(%q) = %q, want %q", id, got, want)
		}
	}
}
