package peers

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
)

// complete returns a fixture with a function that uses its roles, policies, queues and topics, and with the required
// properties that it leaves out. Tests of other tools show only the resource that a check is about, but most rules of
// lintel are about what a function can reach, and lintel rejects templates that cannot be deployed.
func complete(files fs.FS) (fs.FS, error) {
	whole := fstest.MapFS{}
	declared := map[string]string{} // Terraform, by directory: modules
	err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		switch syntax := source.SyntaxOf(file); {
		case syntax == source.HCL:
			declared[path.Dir(file)] += string(content) + "\n"
		case syntax.MayBeTemplate():
			content = completeTemplate(content)
		}
		whole[file] = &fstest.MapFile{Data: content}
		return nil
	})
	for dir, content := range declared {
		whole[path.Join(dir, "function_of_lintel.tf")] = &fstest.MapFile{Data: []byte(completeModule(content))}
	}
	return whole, err
}

// moduleHead declares the role that fixtures of policies are attached to.
const moduleHead = `
resource "aws_lambda_function" "lintel" {
  function_name = "lintel"
  role          = aws_iam_role.lintel.arn
}
resource "aws_iam_role" "lintel" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
`

// moduleUses are the blocks by which a function uses a resource of a type; %[1]s is its name.
func moduleUses() map[string]string {
	return map[string]string{
		"aws_iam_role": `resource "aws_lambda_function" "lintel_role_%[1]s" {
  function_name = "lintel_%[1]s"
  role          = aws_iam_role.%[1]s.arn
}`,
		"aws_iam_policy": `resource "aws_iam_role_policy_attachment" "lintel_policy_%[1]s" {
  role       = aws_iam_role.lintel.name
  policy_arn = aws_iam_policy.%[1]s.arn
}`,
		"aws_iam_policy_document": `resource "aws_iam_role_policy" "lintel_document_%[1]s" {
  role   = aws_iam_role.lintel.name
  policy = data.aws_iam_policy_document.%[1]s.json
}`,
		"trust": `resource "aws_iam_role" "lintel_trust_%[1]s" {
  assume_role_policy = data.aws_iam_policy_document.%[1]s.json
}
resource "aws_lambda_function" "lintel_trust_%[1]s" {
  function_name = "lintel_%[1]s"
  role          = aws_iam_role.lintel_trust_%[1]s.arn
}`,
		"aws_sqs_queue": `resource "aws_lambda_event_source_mapping" "lintel_queue_%[1]s" {
  function_name    = aws_lambda_function.lintel.arn
  event_source_arn = aws_sqs_queue.%[1]s.arn
}`,
		"aws_sns_topic": `resource "aws_sns_topic_subscription" "lintel_topic_%[1]s" {
  protocol  = "lambda"
  endpoint  = aws_lambda_function.lintel.arn
  topic_arn = aws_sns_topic.%[1]s.arn
}`,
	}
}

// completeModule returns what a module lacks: roles, queues and topics that it mentions but does not declare, and uses
// of all of them by a function.
func completeModule(content string) string {
	uses := moduleUses()
	var more strings.Builder
	more.WriteString(moduleHead)
	declared := map[string]bool{}
	block := regexp.MustCompile(`(?ms)^\s*(?:resource|data)\s+"?(\w+)"?\s+"?([\w-]+)"?\s*\{.*?(?:^\}|\z)`)
	for _, m := range block.FindAllStringSubmatch(content, -1) {
		kind := m[1]
		if declared[kind+"."+m[2]] {
			continue
		}
		declared[kind+"."+m[2]] = true
		if kind == "aws_iam_policy_document" && strings.Contains(m[0], "principals") {
			kind = "trust"
		}
		if use := uses[kind]; use != "" {
			fmt.Fprintf(&more, use+"\n", m[2])
		}
	}
	for _, m := range regexp.MustCompile(`\b(aws_iam_role|aws_sqs_queue|aws_sns_topic)\.([\w-]+)\.`).FindAllStringSubmatch(content, -1) {
		if declared[m[1]+"."+m[2]] {
			continue
		}
		declared[m[1]+"."+m[2]] = true
		trust := ""
		if m[1] == "aws_iam_role" {
			trust = `assume_role_policy = aws_iam_role.lintel.assume_role_policy`
		}
		fmt.Fprintf(&more, "resource %q %q {\n%s\n}\n", m[1], m[2], trust)
		fmt.Fprintf(&more, uses[m[1]]+"\n", m[2])
	}
	return more.String()
}

// templateHead contains the resources that fixtures are connected with, in a form that YAML and JSON share.
const templateHead = `
LintelRole: {Type: "AWS::IAM::Role", Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]}, ManagedPolicyArns: []}}
LintelFunction: {Type: "AWS::Lambda::Function", Properties: {Code: {S3Bucket: b, S3Key: k}, Role: {"Fn::GetAtt": [LintelRole, Arn]}}}
LintelQueue: {Type: "AWS::SQS::Queue"}
LintelMapping: {Type: "AWS::Lambda::EventSourceMapping", Properties: {FunctionName: {Ref: LintelFunction}, EventSourceArn: {"Fn::GetAtt": [LintelQueue, Arn]}}}
LintelTopic: {Type: "AWS::SNS::Topic"}
LintelSubscription: {Type: "AWS::SNS::Subscription", Properties: {Protocol: lambda, Endpoint: {"Fn::GetAtt": [LintelFunction, Arn]}, TopicArn: {Ref: LintelTopic}}}
`

// templateProperties are set in resources of a type: where ! precedes the name always, otherwise if it is missing.
func templateProperties() map[string]map[string]string {
	return map[string]map[string]string{
		"AWS::IAM::Policy":      {"!Roles": `[{Ref: LintelRole}]`, "PolicyName": `lintel`},
		"AWS::IAM::Role":        {"AssumeRolePolicyDocument": `{Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]}`},
		"AWS::Lambda::Function": {"Role": `{"Fn::GetAtt": [LintelRole, Arn]}`, "Code": `{S3Bucket: b, S3Key: k}`},
		"AWS::SQS::QueuePolicy": {"!Queues": `[{Ref: LintelQueue}]`},
		"AWS::SNS::TopicPolicy": {"!Topics": `[{Ref: LintelTopic}]`},
	}
}

// completeTemplate returns a CloudFormation template with its missing parts; other documents are unchanged.
func completeTemplate(content []byte) []byte {
	var template yaml.Node
	if yaml.Unmarshal(content, &template) != nil || len(template.Content) != 1 {
		return content
	}
	resources := valueOf(template.Content[0], "Resources")
	if resources == nil || resources.Kind != yaml.MappingNode {
		return content
	}
	resources.Style = 0
	defaults := templateProperties()
	more := parsed(templateHead)
	attached := valueOf(valueOf(valueOf(more, "LintelRole"), "Properties"), "ManagedPolicyArns")
	for i := 0; i+1 < len(resources.Content); i += 2 {
		id, resource := resources.Content[i].Value, resources.Content[i+1]
		kind := valueOf(resource, "Type")
		if kind == nil {
			continue
		}
		setAll(resource, defaults[kind.Value])
		switch kind.Value {
		case "AWS::IAM::Role":
			use := parsed(fmt.Sprintf(`{"LintelFunctionOf%[1]s": {Type: "AWS::Lambda::Function", Properties: {Code: {S3Bucket: b, S3Key: k}, Role: {"Fn::GetAtt": [%[1]s, Arn]}}}}`, id))
			more.Content = append(more.Content, use.Content...)
		case "AWS::IAM::ManagedPolicy":
			attached.Content = append(attached.Content, parsed(fmt.Sprintf(`{Ref: %s}`, id)))
		}
	}
	resources.Content = append(resources.Content, more.Content...)
	var out bytes.Buffer
	if yaml.NewEncoder(&out).Encode(&template) != nil {
		return content
	}
	return out.Bytes()
}

// setAll sets properties of a resource, see templateProperties.
func setAll(resource *yaml.Node, properties map[string]string) {
	if len(properties) == 0 {
		return
	}
	node := valueOf(resource, "Properties")
	if node == nil {
		node = &yaml.Node{Kind: yaml.MappingNode}
		resource.Content = append(resource.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: "Properties"}, node)
	}
	for key, text := range properties {
		name, always := strings.CutPrefix(key, "!")
		value := valueOf(node, name)
		switch {
		case value == nil:
			node.Content = append(node.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, parsed(text))
		case always:
			*value = *parsed(text)
		}
	}
}

// valueOf returns the value of a key of a mapping; nil: none.
func valueOf(node *yaml.Node, key string) *yaml.Node {
	if node == nil {
		return nil
	}
	i := slices.IndexFunc(node.Content, func(n *yaml.Node) bool { return n.Value == key })
	if node.Kind != yaml.MappingNode || i < 0 {
		return nil
	}
	return node.Content[i+1]
}

// parsed returns the node of a text of this file.
func parsed(text string) *yaml.Node {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		panic(err)
	}
	return document.Content[0]
}
