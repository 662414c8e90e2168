# METADATA
# title: Layer is only for deprecated runtimes
# description: |
#   Functions that use the layer have a runtime without security patches.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
#     description: Managing Lambda dependencies with layers
# schemas:
#   - input: schema.stack
# custom:
#   id: layer-compatible-runtime-deprecated
#   severity: low
#   category: supply-chain
#   profile: strict
#   practices: [13c]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers: []
#   remediation: |
#     Build the layer for a supported runtime and add it to the compatible runtimes (Terraform
#     `compatible_runtimes`, CloudFormation `CompatibleRuntimes`).
package rules.layer_compatible_runtime_deprecated

import data.lib.runtimes

deny contains {"at": layer.runtimes.at, "message": $"{layer.id} is compatible only with deprecated runtimes: {concat(", ", names)}"} if {
	some layer in input.layers
	not layer.runtimes.unknown
	names := [runtime.value | some runtime in layer.runtimes.items]
	count(names) > 0
	count(names) == count(layer.runtimes.items)
	every name in names {
		runtimes.unsupported(name)
	}
}
