package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

const file = "policy.tf"

// verbatim is JSON text that stands in the file to the letter, from offset on.
func verbatim(text string, offset int) tree.Tree {
	return tree.Tree{
		State: tree.StateKnown, Scalar: text, Verbatim: true,
		Range: source.Range{Path: file, Start: offset, End: offset + len(text)},
	}
}

// values are the values of a list of strings, with ? for those that are unknown.
func values[T interface {
	Get() (string, bool)
	Ends() (prefix, suffix string)
}](l model.List[T],
) string {
	var out []string
	for _, item := range l.Items {
		v, ok := item.Get()
		if !ok {
			prefix, suffix := item.Ends()
			v = prefix + "?" + suffix
		}
		out = append(out, v)
	}
	return strings.Join(out, " ")
}

func TestShapes(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"one statement", `{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}`, "Allow s3:Get* on *"},
		{"lists", `{"Statement": [{"Effect": "Deny", "Action": ["a:B", "c:D"], "Resource": ["x", "y"]}]}`, "Deny a:B c:D on x y"},
		{"two statements", `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "a:B"}, {"Effect": "Deny", "Action": "*"}]}`, "Allow a:B on ; Deny * on "},
		{"no statement", `{"Version": "2012-10-17"}`, ""},
		{"null", `{"Statement": [null, {"Effect": "Allow", "Action": null}]}`, "Allow  on "},
		{"escapes", `{"Statement": [{"Effect": "Allow", "Action": "s3:\u0047et"}]}`, "Allow s3:Get on "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			list := model.ParsePolicy(verbatim(tt.text, 100))
			if list.State != tree.StateKnown {
				t.Errorf("the list is unknown: %s", list.Cause())
			}
			for _, s := range list.Items {
				effect, _ := s.Effect.Get()
				got = append(got, effect+" "+values(s.Actions)+" on "+values(s.Resources))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPrincipalsAndConditions(t *testing.T) {
	list := model.ParsePolicy(verbatim(`{"Statement": [
		{"Principal": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "1", "aws:PrincipalOrgID": ["o-1", "o-2"]}}},
		{"Principal": {"AWS": ["1", "*"], "Service": "lambda.amazonaws.com"}}]}`, 0))
	var got []string
	for _, s := range list.Items {
		for _, p := range s.Principals.Items {
			kind, _ := p.Kind.Get()
			value, _ := p.Value.Get()
			got = append(got, kind+"="+value)
		}
		for _, c := range s.Conditions.Items {
			operator, _ := c.Operator.Get()
			key, _ := c.Key.Get()
			got = append(got, operator+" "+key+" "+values(c.Values))
		}
	}
	want := []string{
		"*=*", "StringEquals aws:SourceAccount 1", "StringEquals aws:PrincipalOrgID o-1 o-2",
		"AWS=1", "AWS=*", "Service=lambda.amazonaws.com",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownPrincipals(t *testing.T) {
	account := tree.Unknown(source.Range{}, "AWS::AccountId")
	account.Examples = []string{"111122223333"}
	list := tree.Tree{State: tree.StateUnknown, IsList: true, Cause: "a parameter"}
	for _, of := range []tree.Tree{account, list} {
		document := tree.Tree{State: tree.StateKnown, IsMap: true, Fields: []tree.Field{{Key: "Statement", Tree: tree.Tree{
			State: tree.StateKnown, IsMap: true, Fields: []tree.Field{{Key: "Principal", Tree: tree.Tree{
				State: tree.StateKnown, IsMap: true, Fields: []tree.Field{{Key: "AWS", Tree: of}},
			}}},
		}}}}
		principals := model.ParsePolicy(document).Items[0].Principals
		if principals.State != tree.StateKnown || len(principals.Items) != 1 {
			t.Fatalf("%+v", principals)
		}
		one := principals.Items[0]
		if kind, known := one.Kind.Get(); known == of.IsList || known && kind != "AWS" || one.Value.State != tree.StateUnknown || one.Value.Cause() != of.Cause {
			t.Errorf("%+v", one)
		}
	}
}

func TestPlacesInVerbatimText(t *testing.T) {
	const before = "policy = <<EOT\n"
	const text = `{"Statement": [{"Effect": "Allow",
  "Action" : [ "é:é", "*" ]}]}`
	list := model.ParsePolicy(verbatim(text, len(before)))
	f := source.NewFile(file, []byte(before+text))
	statement := list.Items[0]
	if got := f.Text(statement.At); got != text[len(`{"Statement": [`):len(text)-2] {
		t.Errorf("the statement is at %q", got)
	}
	if got := f.Text(statement.Actions.Items[1].At); got != `"*"` {
		t.Errorf("the action is at %q", got)
	}
	if got := f.Text(statement.Actions.At); got != `[ "é:é", "*" ]` {
		t.Errorf("the actions are at %q", got)
	}
}

func TestHoles(t *testing.T) {
	const start = `{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": ["`
	const end = `/*", "arn:x"]}]}`
	hole := tree.Unknown(source.Range{Path: file, Start: len(start), End: len(start) + 5}, "aws_s3_bucket.b.arn is known after apply")
	hole.Refs = []string{"aws_s3_bucket.b"}
	list := model.ParsePolicy(tree.Tree{
		State: tree.StateUnknown, Range: source.Range{Path: file, End: 200},
		Pieces: []tree.Tree{verbatim(start, 0), hole, verbatim(end, len(start)+5)},
	})
	if list.State != tree.StateKnown || len(list.Items) != 1 {
		t.Fatalf("%+v", list)
	}
	s := list.Items[0]
	if got := values(s.Actions) + " on " + values(s.Resources); got != "s3:* on ?/* arn:x" {
		t.Error(got)
	}
	f := source.NewFile(file, []byte(start+"${b1}"[:5]+end))
	if got := f.Text(s.Resources.Items[1].At); got != `"arn:x"` {
		t.Errorf("what follows the hole is at %q", got)
	}
	if got := f.Text(s.Resources.Items[0].At); got != `"${b1}/*"` {
		t.Errorf("the string with the hole is at %q", got)
	}
	if cause := s.Resources.Items[0].Cause(); cause != hole.Cause {
		t.Errorf("cause %q", cause)
	}
}

func TestUnknownAndBroken(t *testing.T) {
	for _, tt := range []struct {
		name  string
		tree  tree.Tree
		state tree.State
		cause string
	}{
		{"absent", tree.Tree{}, tree.StateAbsent, ""},
		{"unknown", tree.Unknown(source.Range{}, "var.p has no value"), tree.StateUnknown, "var.p has no value"},
		{"not JSON", verbatim("{", 0), tree.StateUnknown, "not JSON"},
		{"two documents", verbatim("{} {}", 0), tree.StateUnknown, "text after"},
		{"a list", verbatim("[]", 0), tree.StateUnknown, "not a document"},
		{"too deep", verbatim(strings.Repeat("[", 100), 0), tree.StateUnknown, "64 levels"},
		{"hole for all statements", tree.Tree{
			State: tree.StateUnknown, Pieces: []tree.Tree{verbatim(`{"Statement": [`, 0), {State: tree.StateUnknown, Cause: "var.p"}, verbatim(`]}`, 20)},
		}, tree.StateUnknown, "var.p"},
		{"hole for a field", tree.Tree{
			State: tree.StateUnknown, Pieces: []tree.Tree{verbatim(`{"Statement": [], `, 0), {State: tree.StateUnknown}, verbatim(`}`, 20)},
		}, tree.StateUnknown, "not JSON"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := model.ParsePolicy(tt.tree)
			if list.State != tt.state || !strings.Contains(list.Cause(), tt.cause) {
				t.Errorf("state %d, cause %q", list.State, list.Cause())
			}
		})
	}
}

// FuzzParsePolicy holds that no text makes the reader panic, hang or point outside the file.
func FuzzParsePolicy(f *testing.F) {
	f.Add(`{"Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Principal": {"AWS": "*"}, "Condition": {"a": {"b": "c"}}}]}`) // the usual
	f.Add("{\"Statement\": \"\U0010F000\"}")                                                                                     // what a hole looks like
	f.Add(`{"Statement": {"Statement": [[]]}}`)
	f.Add("{") // ends early
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		var s model.Stack
		role := s.Add(model.Terraform, model.Resource{ID: "r", Type: "aws_iam_role"}, tree.Tree{}).(*model.Role)
		role.Statements = model.ParsePolicy(verbatim(text, 7))
		_, index := model.Encode(&s, model.Facts{})
		for _, node := range index.All() {
			if node.Range.IsZero() {
				continue
			}
			if node.Range.Start < 7 || node.Range.End > 7+len(text) || node.Range.Start > node.Range.End {
				t.Errorf("%+v is outside of the text", node.Range)
			}
		}
	})
}
