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

// complete returns a fixture with a function that uses its roles, networks, event sources and stores, and with the required
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

// listenerOf is a listener of a load balancer that forwards to a function.
func listenerOf(kind string) string {
	return `resource "aws_lb_listener" "lintel_` + kind + `_%[1]s" {
  load_balancer_arn = ` + kind + `.%[1]s.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.lintel.arn
  }
}`
}

// moduleHead declares the role that fixtures of policies are attached to, and a target group of load balancers.
const moduleHead = `
resource "aws_lambda_function" "lintel" {
  function_name = "lintel"
  role          = aws_iam_role.lintel.arn
}
resource "aws_iam_role" "lintel" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_lb_target_group" "lintel" {
  target_type = "lambda"
}
resource "aws_lb_target_group_attachment" "lintel" {
  target_group_arn = aws_lb_target_group.lintel.arn
  target_id        = aws_lambda_function.lintel.arn
}
`

// moduleUses are the blocks by which a function uses a resource of a type; %[1]s is its name.
func moduleUses() map[string]string {
	return map[string]string{
		"aws_iam_role": functionWith("role", "aws_iam_role.%[1]s.arn", ""),
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
` + functionWith("trust", "aws_iam_role.lintel_trust_%[1]s.arn", ""),
		"aws_sns_topic": `resource "aws_sns_topic_subscription" "lintel_topic_%[1]s" {
  protocol  = "lambda"
  endpoint  = aws_lambda_function.lintel.arn
  topic_arn = aws_sns_topic.%[1]s.arn
}`,
		"aws_sqs_queue":      mappingOf("aws_sqs_queue.%[1]s.arn"),
		"aws_dynamodb_table": mappingOf("aws_dynamodb_table.%[1]s.stream_arn"),
		"aws_kinesis_stream": mappingOf("aws_kinesis_stream.%[1]s.arn"),
		"aws_ecr_repository": functionWith("repository", ownRole, `package_type = "Image"
image_uri = "${aws_ecr_repository.%[1]s.repository_url}:1"`),
		"aws_s3_bucket": functionWith("bucket", ownRole, `s3_bucket = aws_s3_bucket.%[1]s.id
s3_key = "k"`),
		"aws_cloudwatch_log_group": functionWith("logs", ownRole, `logging_config {
  log_format = "JSON"
  log_group  = aws_cloudwatch_log_group.%[1]s.name
}`),
		"aws_efs_access_point": functionWith("files", ownRole, `file_system_config {
  arn              = aws_efs_access_point.%[1]s.arn
  local_mount_path = "/mnt/files"
}`),
		"aws_vpc": subnetIn("aws_vpc.%[1]s.id"),
		"aws_network_acl": subnetIn("aws_network_acl.%[1]s.vpc_id") + `
resource "aws_network_acl_association" "lintel_acl_%[1]s" {
  network_acl_id = aws_network_acl.%[1]s.id
  subnet_id      = aws_subnet.lintel_subnet_in_%[1]s.id
}`,
		"aws_subnet":         functionIn("subnet", "aws_subnet.%[1]s.id", ""),
		"aws_security_group": functionIn("group", "", "aws_security_group.%[1]s.id"),
		"aws_lb":             listenerOf("aws_lb"),
		"aws_alb":            listenerOf("aws_alb"),
		"aws_lb_listener": `resource "aws_lb_listener_rule" "lintel_listener_%[1]s" {
  listener_arn = aws_lb_listener.%[1]s.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.lintel.arn
  }
}`,
		"aws_api_gateway_rest_api": apiUse,
	}
}

// ownRole is the role of functions that use something else than a role.
const ownRole = "aws_iam_role.lintel.arn"

// functionWith is a function with a role and further arguments.
func functionWith(use, role, arguments string) string {
	return `resource "aws_lambda_function" "lintel_` + use + `_%[1]s" {
function_name = "lintel_%[1]s"
role = ` + role + `
` + arguments + `
}`
}

// functionIn is a function in a subnet or security group.
func functionIn(use, subnet, group string) string {
	return functionWith(use, ownRole, `vpc_config {
  subnet_ids         = [`+subnet+`]
  security_group_ids = [`+group+`]
}`)
}

// subnetIn is a subnet in a VPC, with a function.
func subnetIn(vpc string) string {
	return `resource "aws_subnet" "lintel_subnet_in_%[1]s" {
  vpc_id = ` + vpc + `
}
` + functionIn("subnet_in", "aws_subnet.lintel_subnet_in_%[1]s.id", "")
}

// mappingOf reads an event source.
func mappingOf(arn string) string {
	return `resource "aws_lambda_event_source_mapping" "lintel_source_%[1]s" {
  function_name    = aws_lambda_function.lintel.arn
  event_source_arn = ` + arn + `
}`
}

// apiUse is a public method of an API, with a backend.
const apiUse = `resource "aws_api_gateway_method" "lintel_api_%[1]s" {
  rest_api_id   = aws_api_gateway_rest_api.%[1]s.id
  resource_id   = aws_api_gateway_rest_api.%[1]s.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "lintel_api_%[1]s" {
  rest_api_id             = aws_api_gateway_rest_api.%[1]s.id
  resource_id             = aws_api_gateway_rest_api.%[1]s.root_resource_id
  http_method             = aws_api_gateway_method.lintel_api_%[1]s.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "https://example.com/"
}`

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
	for _, m := range regexp.MustCompile(`\b(aws_iam_role|aws_sqs_queue|aws_sns_topic|aws_vpc|aws_network_acl|aws_api_gateway_rest_api)\.([\w-]+)\.`).FindAllStringSubmatch(content, -1) {
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
LintelTargets: {Type: "AWS::ElasticLoadBalancingV2::TargetGroup", Properties: {TargetType: lambda, Targets: [{Id: {"Fn::GetAtt": [LintelFunction, Arn]}}]}}
LintelSubscription: {Type: "AWS::SNS::Subscription", Properties: {Protocol: lambda, Endpoint: {"Fn::GetAtt": [LintelFunction, Arn]}, TopicArn: {Ref: LintelTopic}}}
`

// templateUses are the resources by which a function uses a resource of a type; %[1]s is its logical ID.
func templateUses() map[string]string {
	function := func(code, properties string) string {
		return `{"LintelFunctionOf%[1]s": {Type: "AWS::Lambda::Function", Properties: {Code: ` + code + `, ` + properties + `}}}`
	}
	const object, role = `{S3Bucket: b, S3Key: k}`, `Role: {"Fn::GetAtt": [LintelRole, Arn]}`
	const mapping = `{"LintelMappingOf%[1]s": {Type: "AWS::Lambda::EventSourceMapping", Properties: {FunctionName: {Ref: LintelFunction}, EventSourceArn: {"Fn::GetAtt": [%[1]s, `
	return map[string]string{
		"AWS::IAM::Role":          function(object, `Role: {"Fn::GetAtt": [%[1]s, Arn]}`),
		"AWS::EC2::Subnet":        function(object, role+`, VpcConfig: {SubnetIds: [{Ref: %[1]s}], SecurityGroupIds: []}`),
		"AWS::EC2::SecurityGroup": function(object, role+`, VpcConfig: {SubnetIds: [], SecurityGroupIds: [{Ref: %[1]s}]}`),
		"AWS::EC2::VPC": `{"LintelSubnetOf%[1]s": {Type: "AWS::EC2::Subnet", Properties: {VpcId: {Ref: %[1]s}}}, ` +
			`"LintelFunctionOf%[1]s": {Type: "AWS::Lambda::Function", Properties: {Code: ` + object + `, ` + role + `, VpcConfig: {SubnetIds: [{Ref: LintelSubnetOf%[1]s}], SecurityGroupIds: []}}}}`,
		"AWS::ECR::Repository": function(`{ImageUri: {"Fn::Sub": "${%[1]s.RepositoryUri}:1"}}`, `PackageType: Image, `+role),
		"AWS::Logs::LogGroup":  function(object, role+`, LoggingConfig: {LogFormat: JSON, LogGroup: {Ref: %[1]s}}`),
		"AWS::Kinesis::Stream": mapping + `Arn]}}}}`,
		"AWS::DynamoDB::Table": mapping + `StreamArn]}}}}`,
		"AWS::SQS::Queue":      mapping + `Arn]}}}}`,
		"AWS::SNS::Topic":      `{"LintelSubscriptionOf%[1]s": {Type: "AWS::SNS::Subscription", Properties: {Protocol: lambda, Endpoint: {"Fn::GetAtt": [LintelFunction, Arn]}, TopicArn: {Ref: %[1]s}}}}`,
		"AWS::ApiGateway::RestApi": `{"LintelMethodOf%[1]s": {Type: "AWS::ApiGateway::Method", Properties: {RestApiId: {Ref: %[1]s}, ResourceId: r, HttpMethod: GET, ` +
			`AuthorizationType: NONE, Integration: {Type: AWS_PROXY, Uri: {"Fn::GetAtt": [LintelFunction, Arn]}}}}}`,
	}
}

// templateProperties are set in resources of a type: where ! precedes the name always, otherwise if it is missing.
func templateProperties() map[string]map[string]string {
	return map[string]map[string]string{
		"AWS::IAM::Policy":                      {"!Roles": `[{Ref: LintelRole}]`, "PolicyName": `lintel`},
		"AWS::IAM::Role":                        {"AssumeRolePolicyDocument": `{Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]}`},
		"AWS::Lambda::Function":                 {"Role": `{"Fn::GetAtt": [LintelRole, Arn]}`, "Code": `{S3Bucket: b, S3Key: k}`},
		"AWS::ElasticLoadBalancingV2::Listener": {"!DefaultActions": `[{Type: forward, TargetGroupArn: {Ref: LintelTargets}}]`},
		"AWS::StepFunctions::StateMachine":      {"!DefinitionString": `{"Fn::Sub": '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${LintelFunction.Arn}","End":true}}}'}`},
		"AWS::SQS::QueuePolicy":                 {"!Queues": `[{Ref: LintelQueue}]`},
		"AWS::SNS::TopicPolicy":                 {"!Topics": `[{Ref: LintelTopic}]`},
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
		if use := templateUses()[kind.Value]; use != "" {
			more.Content = append(more.Content, parsed(fmt.Sprintf(use, id)).Content...)
		}
		if kind.Value == "AWS::IAM::ManagedPolicy" {
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
