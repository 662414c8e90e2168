package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// more are SAM's own kinds that are added by hand, with what they generate.
var more = map[string]func(*builder, declaration){ //nolint:gochecknoglobals // a table, never written
	"AWS::Serverless::Api":              (*builder).api,
	"AWS::Serverless::HttpApi":          (*builder).api,
	"AWS::Serverless::WebSocketApi":     (*builder).webSocketAPI,
	"AWS::Serverless::GraphQLApi":       (*builder).graphQLAPI,
	"AWS::Serverless::WebFunction":      (*builder).webFunction,
	"AWS::Serverless::MicrovmImage":     (*builder).microVMImage,
	"AWS::Serverless::NetworkConnector": (*builder).networkConnector,
	"AWS::Serverless::Connector":        func(b *builder, d declaration) { b.connector(d.Resource, d.properties, tree.Tree{}) },
}

// capacityProvider adds the role that manages the instances of a capacity provider. The provider itself is added
// already, as the last of the stack.
func (b *builder) capacityProvider(d declaration) {
	if d.properties.Field("OperatorRole").State != tree.StateAbsent {
		return
	}
	b.stack.CapacityProviders[len(b.stack.CapacityProviders)-1].OperatorRole = model.RefTo(d.At, d.ID+"OperatorRole")
	var g grants
	g.attach(d.At, "AWSLambdaManagedEC2ResourceOperator")
	b.role(d, "OperatorRole", trustOf(d.At, "lambda.amazonaws.com"), g)
}

// graphQLAPI adds the role that writes the logs of a GraphQL API, those of its data sources, and
// what its authorizers need.
func (b *builder) graphQLAPI(d declaration) {
	b.stack.Add(model.SAM, d.Resource, d.properties)
	for _, source := range d.properties.Field("DataSources").Field("Lambda").Fields {
		b.stack.Add(model.CloudFormation, d.generated(source.Key+"LambdaDataSource", "AWS::AppSync::DataSource", source.KeyRange), treeOf(source.KeyRange,
			"ApiId", refTree(source.KeyRange, d.ID), "Type", "AWS_LAMBDA",
			"LambdaConfig", treeOf(source.KeyRange, "LambdaFunctionArn", source.Tree.Field("FunctionArn"))))
	}
	trust := trustOf(d.At, "appsync.amazonaws.com")
	logging := d.properties.Field("Logging")
	if on, isBool := logging.Scalar.(bool); (!isBool || on) && logging.Field("CloudWatchLogsRoleArn").State == tree.StateAbsent {
		var g grants
		g.attach(d.At, "service-role/AWSAppSyncPushToCloudWatchLogs")
		b.role(d, "CloudWatchRole", trust, g)
	}
	for _, kind := range []struct{ section, suffix, target, connector, arn string }{
		{"Lambda", "LambdaDataSource", "ToLambdaConnector", "AWS::Lambda::Function", "FunctionArn"},
		{"DynamoDb", "DynamoDBDataSource", "ToTableConnector", "AWS::DynamoDB::Table", "TableArn"},
	} {
		for _, source := range d.properties.Field("DataSources").Field(kind.section).Fields {
			if source.Tree.Field("ServiceRoleArn").State != tree.StateAbsent {
				continue
			}
			suffix := source.Key + kind.suffix
			b.role(d, suffix+"Role", trust, grants{})
			permissions := source.Tree.Field("Permissions")
			if permissions.State == tree.StateAbsent {
				permissions = listOf(source.KeyRange, "Write")
				if kind.section == "DynamoDb" {
					permissions = listOf(source.KeyRange, "Read", "Write")
				}
			}
			r := generatedFor(d.Resource, suffix+kind.target, "AWS::Serverless::Connector", source.KeyRange)
			b.connect(r, treeOf(source.KeyRange, "Permissions", permissions),
				connected{kind: "AWS::AppSync::DataSource", role: strings.TrimPrefix(d.ID, b.prefix) + suffix + "Role"},
				connected{kind: kind.connector, tree: treeOf(source.KeyRange, "Arn", source.Tree.Field(kind.arn))}, "")
		}
	}
}
