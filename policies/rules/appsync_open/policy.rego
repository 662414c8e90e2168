# METADATA
# title: GraphQL API in front of a function requires only an API key
# description: |
#   API keys of AppSync are for development and for public APIs: they are part of the code of every
#   client and do not identify callers. Everyone with the key can invoke the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
#     description: Configuring authorization and authentication to secure your GraphQL APIs
# schemas:
#   - input: schema.stack
# custom:
#   id: appsync-open
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers: []
#   remediation: |
#     Use AWS_IAM, AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT or AWS_LAMBDA as the authentication
#     type.
package rules.appsync_open

deny contains {"at": graph.authentication.at, "message": $"{graph.id} resolves fields with a function and requires only an API key: its authentication type is API_KEY"} if {
	some i, graph in input.graphql_apis
	graph.authentication.value == "API_KEY"
	i in of_functions
	not graph.additional_authentication.unknown
	every other in graph.additional_authentication.items {
		other.value == "API_KEY"
	}
}

of_functions contains i if {
	some source in input.graphql_sources
	source.source_type.value == "AWS_LAMBDA"
	some i in source.api.targets
}
