package model_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/model"
	"lintel/internal/modeltest"
	"lintel/internal/source"
	"lintel/internal/tree"
)

func at(start int) source.Range { return source.Range{Path: "t", Start: start, End: start + 1} }

func known(scalar any, start int) tree.Tree {
	return tree.Tree{State: tree.StateKnown, Scalar: scalar, Range: at(start)}
}

func unknown(start int, refs ...string) tree.Tree {
	return tree.Tree{State: tree.StateUnknown, Range: at(start), Refs: refs, Cause: "var.x has no value"}
}

// partly returns a text of which the ends are known.
func partly(prefix, suffix string) tree.Tree {
	return tree.Tree{State: tree.StateUnknown, Range: at(2), Prefix: prefix, Suffix: suffix, Cause: "AWS::AccountId is unknown until deployment"}
}

func mapping(start int, fields ...any) tree.Tree {
	t := tree.Tree{State: tree.StateKnown, IsMap: true, Range: at(start)}
	for i := 0; i < len(fields); i += 2 {
		t.Fields = append(t.Fields, tree.Field{Key: fields[i].(string), KeyRange: at(start + i), Tree: fields[i+1].(tree.Tree)})
	}
	return t
}

func list(start int, items ...tree.Tree) tree.Tree {
	return tree.Tree{State: tree.StateKnown, IsList: true, Range: at(start), Items: items}
}

func resource(id, kind string, start int) model.Resource {
	return model.Resource{Block: model.NewBlock(at(start)), ID: id, Type: kind}
}

// view looks into a linked stack.
func view(t *testing.T, s *model.Stack) modeltest.View {
	t.Helper()
	s.Link()
	return modeltest.Of(t, s)
}

func TestStatesOfAnAttribute(t *testing.T) {
	for _, tt := range []struct {
		name string
		body tree.Tree
		path string
		want string
	}{
		{"known", mapping(1, "runtime", known("python3.13", 5)), "runtime", `{"value":"python3.13"}`},
		{"absent without a default", mapping(1), "runtime", `{"absent":true}`},
		{"empty text", mapping(1, "kms_key_arn", known("", 5)), "kms_key", `{"absent":true}`},
		{"empty text in a map", mapping(1, "tags", mapping(6, "A", known("", 7))), "tags.items.0", `{"key":"A","value":""}`},
		{"absent with a default", mapping(1), "timeout", `{"absent":true,"value":3}`},
		{"unknown", mapping(1, "timeout", unknown(5)), "timeout", `{"unknown":true}`},
		{"text for a number", mapping(1, "timeout", known("30", 5)), "timeout", `{"value":30}`},
		{"float for a number", mapping(1, "timeout", known(30.0, 5)), "timeout", `{"value":30}`},
		{"number for text", mapping(1, "runtime", known(3, 5)), "runtime", `{"value":"3"}`},
		{"not a number", mapping(1, "timeout", known("soon", 5)), "timeout", `{"unknown":true}`},
		{"map for text", mapping(1, "runtime", mapping(5)), "runtime", `{"unknown":true}`},
		{"ends of a string", mapping(1, "kms_key_arn", tree.Tree{State: tree.StateUnknown, Prefix: "arn:", Suffix: ":x"}), "kms_key", `{"prefix":"arn:","suffix":":x","unknown":true}`},
		{"default in an absent block", mapping(1), "tracing.mode", `{"absent":true,"value":"PassThrough"}`},
		{"default in a written block", mapping(1, "tracing_config", list(5, mapping(5))), "tracing.mode", `{"absent":true,"value":"PassThrough"}`},
		{"no default in a block that may be there", mapping(1, "tracing_config", unknown(5)), "tracing.mode", `{"unknown":true}`},
		{"what is written in a block that may be there", mapping(1, "tracing_config", list(5, tree.Tree{
			State: tree.StateUnknown, Range: at(5), Fields: []tree.Field{{Key: "mode", Tree: known("PassThrough", 7)}},
		})), "tracing.mode", `{"value":"PassThrough"}`},
		{"single value for a list", mapping(1, "architectures", known("arm64", 5)), "architectures.items.0", `{"value":"arm64"}`},
		{"null in a list", mapping(1, "architectures", list(5, tree.Tree{}, known("arm64", 5))), "architectures.items.0", `{"value":"arm64"}`},
		{"path through a block", mapping(1, "ephemeral_storage", list(5, mapping(5, "size", known(1024, 6)))), "ephemeral_storage", `{"value":1024}`},
		{"entry of a map", mapping(1, "environment", list(5, mapping(5, "variables", mapping(6, "A", known("b", 7))))), "environment.variables.items.0", `{"key":"A","value":"b"}`},
		{"null entry of a map", mapping(1, "tags", mapping(6, "A", tree.Tree{})), "tags.items", `[]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s model.Stack
			s.Add(model.Terraform, resource("f", "aws_lambda_function", 1), tt.body)
			if got := view(t, &s).Show("functions.0." + tt.path); got != tt.want {
				t.Errorf("%s = %s, want %s", tt.path, got, tt.want)
			}
		})
	}
}

func TestFormatsConverge(t *testing.T) {
	var tf, cfn, sam model.Stack
	tf.Add(model.Terraform, resource("f", "aws_lambda_function", 1), mapping(1,
		"function_name", known("orders", 2), "tracing_config", list(3, mapping(3, "mode", known("Active", 3))),
		"dead_letter_config", list(4, mapping(4, "target_arn", known("arn:aws:sqs:x", 4))), "image_uri", known("repo:1", 5)))
	cfn.Add(model.CloudFormation, resource("f", "AWS::Lambda::Function", 1), mapping(1,
		"FunctionName", known("orders", 2), "TracingConfig", mapping(3, "Mode", known("Active", 3)),
		"DeadLetterConfig", mapping(4, "TargetArn", known("arn:aws:sqs:x", 4)), "Code", mapping(5, "ImageUri", known("repo:1", 5))))
	sam.Add(model.SAM, resource("f", "AWS::Serverless::Function", 1), mapping(1,
		"FunctionName", known("orders", 2), "Tracing", known("Active", 3),
		"DeadLetterQueue", mapping(4, "Type", known("SQS", 4), "TargetArn", known("arn:aws:sqs:x", 4)), "ImageUri", known("repo:1", 5)))
	want := ""
	for name, s := range map[string]*model.Stack{"tf": &tf, "cfn": &cfn, "sam": &sam} {
		fn := view(t, s).Node("functions.0").(map[string]any)
		delete(fn, "type")
		text, _ := json.Marshal(fn)
		if want == "" {
			want = string(text)
		}
		if diff := cmp.Diff(want, string(text)); diff != "" {
			t.Errorf("%s differs: %s", name, diff)
		}
	}
}

func TestUnknownTypesAreNotAdded(t *testing.T) {
	for _, kind := range []string{"", "aws_dx_connection", "AWS::Lambda::Function", "aws_lambda_function|"} {
		var s model.Stack
		if s.Add(model.Terraform, resource("x", kind, 1), mapping(1)) != nil || model.Knows(model.Terraform, kind) {
			t.Errorf("%q is known", kind)
		}
	}
}

func TestPlaces(t *testing.T) {
	var s model.Stack
	s.Add(model.Terraform, resource("f", "aws_lambda_function", 1), mapping(1,
		"tracing_config", list(5, mapping(5)), "environment", list(8, mapping(8, "variables", mapping(9, "A", known("b", 20))))))
	v := view(t, &s)
	for path, want := range map[string]model.Node{
		"functions.0":              {Place: source.Place{Resource: "f", Range: at(1)}, State: tree.StateKnown},
		"functions.0.tracing.mode": {Place: source.Place{Resource: "f", Attribute: "tracing/mode", Range: at(5)}, Path: "tracing/mode"},
		"functions.0.vpc.subnets":  {Place: source.Place{Resource: "f", Attribute: "vpc/subnets", Range: at(1)}, Path: "vpc/subnets"},
		"functions.0.environment.variables.items.0": {
			Place: source.Place{Resource: "f", Attribute: "environment/variables/A", Range: at(20)},
			Path:  "environment/variables", Item: true, State: tree.StateKnown,
		},
	} {
		want.Collection = "functions"
		if diff := cmp.Diff(want, v.Info(path)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
	if _, ok := v.Index.Node(v.Index.Len()); ok {
		t.Error("a number that is no handle resolves")
	}
	if _, ok := v.Index.Node(-1); ok {
		t.Error("-1 resolves")
	}
}

func TestLink(t *testing.T) {
	fn := func(s *model.Stack, id, name string, role tree.Tree) {
		s.Add(model.Terraform, resource(id, "aws_lambda_function", 1), mapping(1, "function_name", known(name, 2), "role", role))
	}
	for _, tt := range []struct {
		name  string
		build func(s *model.Stack)
		path  string
		want  string
	}{
		{"by reference", func(s *model.Stack) {
			fn(s, "aws_lambda_function.f", "f", unknown(3, "aws_iam_role.r"))
			s.Add(model.Terraform, resource("aws_iam_role.q", "aws_iam_role", 1), mapping(1))
			s.Add(model.Terraform, resource("aws_iam_role.r", "aws_iam_role", 1), mapping(1))
		}, "functions.0.role.targets", "[1]"},
		{"by reference without the key of an instance", func(s *model.Stack) {
			fn(s, "f", "f", unknown(3, "module.m.aws_iam_role.r"))
			s.Add(model.Terraform, resource(`module.m["a.b"].aws_iam_role.r[0]`, "aws_iam_role", 1), mapping(1))
			s.Add(model.Terraform, resource(`module.m["c"].aws_iam_role.r[0]`, "aws_iam_role", 1), mapping(1))
			s.Add(model.Terraform, resource(`module.n.aws_iam_role.r[0]`, "aws_iam_role", 1), mapping(1))
		}, "functions.0.role.targets", "[0,1]"},
		{"by the key of an instance", func(s *model.Stack) {
			fn(s, "f", "f", unknown(3, `aws_iam_role.r["b"]`))
			s.Add(model.Terraform, resource(`aws_iam_role.r["a"]`, "aws_iam_role", 1), mapping(1))
			s.Add(model.Terraform, resource(`aws_iam_role.r["b"]`, "aws_iam_role", 1), mapping(1))
		}, "functions.0.role.targets", "[1]"},
		{"by a literal ARN", func(s *model.Stack) {
			fn(s, "f", "f", known("arn:aws:iam::123456789012:role/path/worker", 3))
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1, "name", known("worker", 2)))
		}, "functions.0.role.targets", "[0]"},
		{"to nothing in the stack", func(s *model.Stack) {
			fn(s, "f", "f", known("arn:aws:iam::123456789012:role/other", 3))
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1, "name", known("worker", 2)))
		}, "functions.0.role.targets", "[]"},
		{"through an alias", func(s *model.Stack) {
			fn(s, "f", "orders", tree.Tree{})
			s.Add(model.Terraform, resource("live", "aws_lambda_alias", 1), mapping(1, "function_name", unknown(2, "f")))
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", unknown(2, "live")))
		}, "permissions.0.function.targets", "[0]"},
		{"function ARN with a qualifier", func(s *model.Stack) {
			fn(s, "f", "orders", tree.Tree{})
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", known("arn:aws:lambda:eu-west-1:1:function:orders:live", 2)))
		}, "permissions.0.function.targets", "[0]"},
		{"function ARN of which the ends are known", func(s *model.Stack) {
			fn(s, "f", "orders", tree.Tree{})
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", partly("arn:aws:lambda:", ":function:orders:live")))
		}, "permissions.0.function.targets", "[0]"},
		{"function of another name in an ARN", func(s *model.Stack) {
			fn(s, "f", "orders", tree.Tree{})
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", partly("arn:aws:lambda:", ":function:returns")))
		}, "permissions.0.function.targets", "[]"},
		{"role ARN of which the ends are known", func(s *model.Stack) {
			fn(s, "f", "f", partly("arn:aws:iam::", ":role/path/worker"))
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1, "name", known("worker", 2)))
		}, "functions.0.role.targets", "[0]"},
		{"qualifier of an alias", func(s *model.Stack) {
			fn(s, "f", "orders", tree.Tree{})
			s.Add(model.Terraform, resource("live", "aws_lambda_alias", 1), mapping(1, "function_name", unknown(2, "f"), "name", known("live", 3)))
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", unknown(2, "live")))
		}, "permissions.0.qualifier.value", `"live"`},
		{"qualifier in a name", func(s *model.Stack) {
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", known("orders:live", 2)))
		}, "permissions.0.qualifier.value", `"live"`},
		{"qualifier in an ARN", func(s *model.Stack) {
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", known("arn:aws:lambda:eu-west-1:1:function:orders:7", 2)))
		}, "permissions.0.qualifier.value", `"7"`},
		{"qualifier at the end of an ARN", func(s *model.Stack) {
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", partly("arn:", ":live")))
		}, "permissions.0.qualifier.value", `"live"`},
		{"no qualifier in an ARN", func(s *model.Stack) {
			s.Add(model.Terraform, resource("p", "aws_lambda_permission", 1), mapping(1, "function_name", known("arn:aws:lambda:eu-west-1:1:function:orders", 2)))
		}, "permissions.0.qualifier.absent", "true"},
		{"log group by name", func(s *model.Stack) {
			fn(s, "f", "orders", tree.Tree{})
			s.Add(model.Terraform, resource("g", "aws_cloudwatch_log_group", 1), mapping(1, "name", known("/aws/lambda/orders", 2)))
		}, "log_groups.0.function.targets", "[0]"},
		{"attached policy", func(s *model.Stack) {
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1))
			p := s.Add(model.Terraform, resource("p", "aws_iam_policy", 30), mapping(30)).(*model.Policy)
			p.Statements = model.NewList(at(31), model.Statement{Block: model.NewBlock(at(32)), Actions: model.Strings(known("s3:*", 33))})
			s.Add(model.Terraform, resource("a", "aws_iam_role_policy_attachment", 40), mapping(40, "role", unknown(41, "r"), "policy_arn", unknown(42, "p")))
		}, "roles.0.statements.items.0.actions.items.0.value", `"s3:*"`},
		{"attached policy of AWS", func(s *model.Stack) {
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1, "name", known("worker", 2)))
			s.Add(model.Terraform, resource("a", "aws_iam_role_policy_attachment", 40), mapping(40,
				"role", known("worker", 41), "policy_arn", known("arn:aws:iam::aws:policy/AdministratorAccess", 42)))
		}, "roles.0.managed_policies.items.0.value", `"arn:aws:iam::aws:policy/AdministratorAccess"`},
		{"a policy of a role that may be this one", func(s *model.Stack) {
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1, "name", known("worker", 2)))
			s.Add(model.Terraform, resource("a", "aws_iam_role_policy_attachment", 40), mapping(40, "role", unknown(41), "policy_arn", known("p", 42)))
		}, "roles.0.managed_policies.unknown", "true"},
		{"a policy of a role with another name", func(s *model.Stack) {
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1, "name", known("worker", 2)))
			role := unknown(41)
			role.Prefix = "orders-"
			s.Add(model.Terraform, resource("a", "aws_iam_role_policy_attachment", 40), mapping(40, "role", role, "policy_arn", known("p", 42)))
		}, "roles.0.managed_policies.unknown", "null"},
		{"a policy of a role whose name is not generated", func(s *model.Stack) {
			s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1))
			s.Add(model.Terraform, resource("a", "aws_iam_role_policy_attachment", 40), mapping(40, "role", unknown(41), "policy_arn", known("p", 42)))
		}, "roles.0.managed_policies.unknown", "null"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s model.Stack
			tt.build(&s)
			if got := view(t, &s).Show(tt.path); got != tt.want {
				t.Errorf("%s = %s, want %s", tt.path, got, tt.want)
			}
		})
	}
}

// TestBorrowedStatementsKeepTheirOwner asks whose text a statement is that Link has put into a role.
func TestBorrowedStatementsKeepTheirOwner(t *testing.T) {
	var s model.Stack
	s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1))
	p := s.Add(model.Terraform, resource("p", "aws_iam_role_policy", 30), mapping(30, "role", unknown(31, "r"))).(*model.Policy)
	p.Statements = model.NewList(at(31), model.Statement{}, model.Statement{Block: model.NewBlock(at(32)), Actions: model.Strings(known("s3:*", 33))})
	node := view(t, &s).Info("roles.0.statements.items.1.actions.items.0")
	want := model.Node{
		Place:      source.Place{Resource: "p", Attribute: "statements/1/actions/0", Range: at(33)},
		Collection: "roles", Statement: view(t, &s).Info("roles.0.statements.items.1.actions").Statement, Path: "statements/actions", Item: true,
		State: tree.StateKnown,
	}
	if diff := cmp.Diff(want, node); diff != "" || want.Statement == 0 {
		t.Error(want.Statement, diff)
	}
}

// TestSchemaCoversTheEncoding encodes a stack that has an element in every list and holds each
// key of the result against the schema.
func TestSchemaCoversTheEncoding(t *testing.T) {
	var s model.Stack
	for _, place := range model.Attributes() {
		if types := place.Types[model.Terraform]; place.Path == "" && len(types) > 0 {
			s.Add(model.Terraform, resource("x", types[0], 1), mapping(1))
		}
	}
	s.Functions[0].FileSystems = model.NewList(at(1), model.FileSystem{})
	statement := model.Statement{
		Principals: model.NewList(at(1), model.Principal{}), Conditions: model.NewList(at(1), model.Condition{}),
	}
	s.Roles[0].Trust = model.NewList(at(1), statement)
	text, err := json.Marshal(view(t, &s).Input)
	if err != nil {
		t.Fatal(err)
	}
	var value, schema any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(model.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	conforms(t, "input", value, schema.(map[string]any))
}

func conforms(t *testing.T, path string, value any, schema map[string]any) {
	t.Helper()
	switch x := value.(type) {
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		for key, child := range x {
			property, ok := properties[key].(map[string]any)
			if !ok {
				t.Errorf("%s.%s is not in the schema", path, key)
				continue
			}
			conforms(t, path+"."+key, child, property)
		}
	case []any:
		items, ok := schema["items"].(map[string]any)
		if !ok {
			t.Errorf("%s is no list in the schema", path)
			return
		}
		for _, child := range x {
			conforms(t, path+"[]", child, items)
		}
	}
}

func TestBlur(t *testing.T) {
	var s model.Stack
	s.Add(model.Terraform, resource("f", "aws_lambda_function", 1), mapping(1, "runtime", known("x", 2),
		"role", unknown(3, "r"), "architectures", list(4, known("arm64", 4))))
	s.Add(model.Terraform, resource("r", "aws_iam_role", 1), mapping(1))
	v := view(t, &s)
	input := v.Input
	for i, keep := range []bool{true, false} { // with the items kept, and without
		v.Input = model.Blur(input, keep)
		for path, want := range map[string][2]string{
			"functions.0.runtime":               {`{"unknown":true}`, `{"unknown":true}`},
			"functions.0.timeout":               {`{"unknown":true}`, `{"unknown":true}`},
			"functions.0.role":                  {`{"targets":[],"unknown":true}`, `{"targets":[0],"unknown":true}`},
			"functions.0.id":                    {`"f"`, `"f"`},
			"functions.0.architectures.unknown": {`true`, `true`},
			"functions.0.code_signing":          {`{"targets":[],"unknown":true}`, `{"targets":[],"unknown":true}`},
		} {
			if got := v.Show(path); got != want[i] {
				t.Errorf("%s with items kept %t: %s, want %s", path, keep, got, want[i])
			}
		}
		if got := len(v.Node("functions.0.architectures.items").([]any)); got != []int{1, 0}[i] {
			t.Errorf("with items kept %t there are %d", keep, got)
		}
	}
}
