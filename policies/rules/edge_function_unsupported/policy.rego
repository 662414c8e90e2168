# METADATA
# title: Lambda@Edge function is not versioned or uses unsupported features
# description: |
#   CloudFront accepts only numbered versions of functions, and only functions without environment
#   variables, VPC, dead-letter queue, layers, customer managed key, container image and arm64. For
#   viewer events the memory is at most 128 MB and the timeout 5 seconds. Otherwise the deployment
#   of the distribution fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
#     description: Restrictions on Lambda@Edge
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
#     description: CloudFront quotas
# schemas:
#   - input: schema.stack
# custom:
#   id: edge-function-unsupported
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [11d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   remediation: |
#     Associate a published version: `qualified_arn` with `publish = true` in Terraform,
#     `AWS::Lambda::Version` in CloudFormation, `AutoPublishAlias` and `!Ref Function.Version` in
#     SAM. Remove the unsupported features.
package rules.edge_function_unsupported

import data.lib.text

# associations are what CloudFront runs at the edge, for the default behavior and for the others.
associations contains {"distribution": distribution.id, "edge": edge} if {
	some distribution in input.distributions
	some edge in distribution.default_behavior.edge.items
}

associations contains {"distribution": distribution.id, "edge": edge} if {
	some distribution in input.distributions
	some behavior in distribution.behaviors.items
	some edge in behavior.edge.items
}

# attached are the events at which CloudFront runs a function, by its index.
attached[i] contains event if {
	some association in associations
	some i in association.edge.function.targets
	event := object.get(association.edge.event, "value", "")
}

deny contains {"at": association.edge.function.at, "key": "version", "message": $"{association.distribution} runs a function at the edge without a version: CloudFront requires the ARN of a numbered version"} if {
	some association in associations
	unversioned(association.edge)
}

deny contains {"at": fn.environment.at, "key": "environment", "message": $"{fn.id} runs on Lambda@Edge, which does not support environment variables"} if {
	some i, _ in attached
	fn := input.functions[i]
	count(fn.environment.variables.items) > 0
}

deny contains {"at": fn.vpc.at, "key": "vpc", "message": $"{fn.id} runs on Lambda@Edge, which does not support VPCs"} if {
	some i, _ in attached
	fn := input.functions[i]
	count(fn.vpc.subnets.items) > 0
}

deny contains {"at": fn.dead_letter.target.at, "key": "dead letter queue", "message": $"{fn.id} runs on Lambda@Edge, which does not support dead-letter queues"} if {
	some i, _ in attached
	fn := input.functions[i]
	names_something(fn.dead_letter.target)
}

deny contains {"at": fn.layers.at, "key": "layers", "message": $"{fn.id} runs on Lambda@Edge, which does not support layers"} if {
	some i, _ in attached
	fn := input.functions[i]
	count(fn.layers.items) > 0
}

deny contains {"at": fn.kms_key.at, "key": "key", "message": $"{fn.id} runs on Lambda@Edge, which does not support customer managed keys: its key is {fn.kms_key.value}"} if {
	some i, _ in attached
	fn := input.functions[i]
	fn.kms_key.value
}

deny contains {"at": architecture.at, "key": "arm64", "message": $"{fn.id} runs on Lambda@Edge, which does not support the architecture arm64"} if {
	some i, _ in attached
	fn := input.functions[i]
	some architecture in fn.architectures.items
	architecture.value == "arm64"
}

deny contains {"at": fn.package_type.at, "key": "image", "message": $"{fn.id} runs on Lambda@Edge, which does not support the package type Image"} if {
	some i, _ in attached
	fn := input.functions[i]
	fn.package_type.value == "Image"
}

deny contains {"at": fn.memory.at, "key": "memory", "message": $"{fn.id} has {fn.memory.value} MB of memory: for viewer events Lambda@Edge allows 128 MB ({text.names(viewers)})"} if {
	some i, events in attached
	fn := input.functions[i]
	viewers := {event | some event in events; startswith(event, "viewer-")}
	count(viewers) > 0
	fn.memory.value > 128
}

deny contains {"at": fn.timeout.at, "key": "timeout", "message": $"{fn.id} has a timeout of {fn.timeout.value} seconds: for viewer events Lambda@Edge allows 5 ({text.names(viewers)})"} if {
	some i, events in attached
	fn := input.functions[i]
	viewers := {event | some event in events; startswith(event, "viewer-")}
	count(viewers) > 0
	fn.timeout.value > 5
}

# unversioned reports whether a function is certainly not a numbered version.
unversioned(edge) if {
	edge.qualifier.absent
	names_something(edge.function)
}

unversioned(edge) if regex.match(`[^0-9]`, edge.qualifier.value)

# names_something reports whether an attribute certainly has a value: one that is known, or a resource of the template.
names_something(ref) if ref.value

names_something(ref) if count(ref.targets) > 0
