# METADATA
# title: Layer ARN has no version
# description: |
#   Lambda accepts only the ARN of a layer version. The deployment fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
#     description: Managing Lambda dependencies with layers
# schemas:
#   - input: schema.stack
# custom:
#   id: layer-arn-without-version
#   severity: low
#   category: supply-chain
#   profile: default
#   practices: [13b]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   remediation: |
#     Append the version to the ARN, as in `arn:aws:lambda:eu-west-1:123456789012:layer:shared:3`,
#     or refer to the layer version.
package rules.layer_arn_without_version

deny contains {"at": layer.at, "message": $"{fn.id} has the layer {layer.value}, which is not the ARN of a layer version", "key": layer.value} if {
	some fn in input.functions
	some layer in fn.layers.items
	startswith(layer.value, "arn:")
	not regex.match(`:layer:[^:]+:[0-9]+$`, layer.value)
}

deny contains {"at": layer.at, "message": $"{fn.id} has a layer whose ARN ends in {layer.suffix}, without a version", "key": layer.suffix} if {
	some fn in input.functions
	some layer in fn.layers.items
	regex.match(`:layer:[^:]+$`, layer.suffix)
}
