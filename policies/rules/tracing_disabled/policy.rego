# METADATA
# title: X-Ray tracing is not active
# description: |
#   Without active tracing, a slow or failing invocation leaves no trace through the services that
#   it calls. An incident must be reconstructed from logs alone.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
#     description: Visualize Lambda function invocations using AWS X-Ray
# schemas:
#   - input: schema.stack
# custom:
#   id: tracing-disabled
#   severity: low
#   category: observability
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - CKV_AWS_50
#     - AWS-0066
#     - AWS-0125
#     - KICS 8152e0cf
#     - KICS 9488c451
#     - KICS dc1ab429
#     - Terrascan AC_AWS_0485
#     - Terrascan AC_AWS_0163
#     - Semgrep aws-lambda-x-ray-tracing-not-active
#     - serverless-rules aws_lambda_function_tracing_rule
#     - serverless-rules WS1000
#     - Steampipe-TF lambda_function_xray_tracing_enabled
#     - cdk-nag LambdaTracing
#     - Security Hub Lambda.7
#     - CloudSploit lambdaTracingEnabled
#     - Steampipe lambda_function_tracing_enabled
#   fix:
#     title: Set the tracing mode to Active
#     set: Active
#   remediation: |
#     Set the tracing mode (Terraform `tracing_config`, CloudFormation `TracingConfig`, SAM
#     `Tracing`) to `Active`, and allow the execution role `xray:PutTraceSegments` and
#     `xray:PutTelemetryRecords`.
package rules.tracing_disabled

deny contains {"at": fn.tracing.mode.at, "message": $"{fn.id} has no active X-Ray tracing: the tracing mode is {fn.tracing.mode.value}"} if {
	some fn in input.functions
	fn.tracing.mode.value != "Active"
	not other_tracer(fn)
	not at_edge(fn)
}

# other_tracer reports whether a layer contains a third-party tracer.
other_tracer(fn) if {
	some layer in fn.layers.items
	some part in ["value", "prefix", "suffix"]
	regex.match(`(?i):layer:[a-z0-9_-]*(otel|opentelemetry|datadog|dd-trace|newrelic|dynatrace|lumigo)`, layer[part])
}

# at_edge reports whether the function runs on Lambda@Edge, which does not support X-Ray.
at_edge(fn) if {
	some i in fn.role.targets
	some statement in input.roles[i].trust.items
	some principal in statement.principals.items
	object.get(principal.value, "value", "edgelambda.amazonaws.com") == "edgelambda.amazonaws.com"
}
