package cli_test

import (
	"fmt"
	"strings"
)

// scalesOfStacks are the dimensions of BenchmarkScale in which one stack, its code or its deployments can grow.
func scalesOfStacks() []scale {
	return []scale{
		{name: "environments of the SAM CLI", n: 8, files: func(n int) map[string]string {
			return map[string]string{
				"template.yaml": "Transform: AWS::Serverless-2016-10-31\nParameters:\n  Stage: {Type: String}\nResources:\n" + times(20, `  F%[1]d:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: !Sub "${Stage}-f%[1]d", Runtime: python3.9, Handler: app.handler, CodeUri: s3://b/k, Policies: [AmazonS3FullAccess]}
`),
				"samconfig.toml": "version = 0.1\n" + times(n, "[e%[1]d.deploy.parameters]\nparameter_overrides = \"Stage=e%[1]d\"\n"),
			}
		}},
		{name: "functions with variants", n: 50, files: only("template.yaml", func(n int) string {
			return "Parameters:\n" + times(3, "  S%d: {Type: String}\n") + "Conditions:\n" + times(3, "  C%[1]d: !Equals [!Ref S%[1]d, prod]\n") + "Resources:\n" + fmt.Sprintf(role, 0) + times(n, `  F%[1]d:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !If [C0, python3.9, python3.13]
      Timeout: !If [C1, 30, 900]
      MemorySize: !If [C2, 128, 512]
      Handler: app.handler
      Code: {S3Bucket: b, S3Key: k%[1]d}
      Role: !GetAtt R0.Arn
`)
		})},
		{name: "roles with 20 statements each", n: 50, files: only("template.yaml", func(n int) string {
			statements := times(20, `{Effect: Allow, Action: ["s3:GetObject", "dynamodb:*"], Resource: "arn:aws:s3:::b%d/*"}, `)
			return "Resources:\n" + times(n, `  F%[1]d:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: app.handler, Code: {S3Bucket: b, S3Key: k}, Role: !GetAtt R%[1]d.Arn}
`) + times(n, strings.Replace(role, "Statement: [{Effect: Allow, Action: \"s3:*\", Resource: \"*\"}]", "Statement: ["+statements+"]", 1))
		})},
		{name: "routes", n: 600, files: only("template.yaml", func(n int) string {
			return "Resources:\n" + fmt.Sprintf(role, 0) + `  F:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: app.handler, Code: {S3Bucket: b, S3Key: k}, Role: !GetAtt R0.Arn}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: "2.0"}
` + times(n, `  Route%[1]d:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: "GET /r%[1]d", Target: !Sub "integrations/${Integration}"}
`)
		})},
		{name: "layers", n: 200, files: only("template.yaml", func(n int) string {
			return "Resources:\n" + fmt.Sprintf(role, 0) + times(n, `  L%[1]d:
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: {S3Bucket: b, S3Key: l%[1]d}, CompatibleRuntimes: [python3.13]}
  LP%[1]d:
    Type: AWS::Lambda::LayerVersionPermission
    Properties: {LayerVersionArn: !Ref L%[1]d, Action: lambda:GetLayerVersion, Principal: "*"}
  F%[1]d:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.9, Handler: app.handler, Code: {S3Bucket: b, S3Key: k%[1]d}, Role: !GetAtt R0.Arn, Layers: [!Ref L%[1]d]}
`)
		})},
		{name: "event sources", n: 200, files: only("template.yaml", func(n int) string {
			return "Resources:\n" + fmt.Sprintf(role, 0) + `  F:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: app.handler, Code: {S3Bucket: b, S3Key: k}, Role: !GetAtt R0.Arn}
` + times(n, `  Q%[1]d:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 30}
  M%[1]d:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref F, EventSourceArn: !GetAtt Q%[1]d.Arn}
`)
		})},
		{name: "functions with code", n: 100, files: func(n int) map[string]string {
			files := map[string]string{"template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n" + times(n, `  F%[1]d:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src%[1]d/}
`)}
			for i := range n {
				files[fmt.Sprintf("src%d/app.py", i)] = "import boto3\n\n\ndef handler(event, context):\n    print(event)\n    return boto3.client(\"s3\").get_object(Bucket=\"b\", Key=event[\"key\"])\n"
			}
			return files
		}},
		{name: "lines of code", n: 1000, files: func(n int) map[string]string {
			return map[string]string{
				"template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}\n",
				"src/app.py":    "import boto3\n\ntable = boto3.resource(\"dynamodb\").Table(\"t\")\n\n\ndef handler(event, context):\n" + times(n, "    table.put_item(Item={\"id\": event[\"k%d\"]})\n"),
			}
		}},
	}
}
