# METADATA
# title: Package in reference mode has no object version
# description: |
#   With the storage mode REFERENCE, Lambda reads the package from the bucket and requires the
#   version of the object. Without it the deployment fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html
#     description: AWS::Lambda::Function Code
# schemas:
#   - input: schema.stack
# custom:
#   id: code-s3-reference-mode-unpinned
#   severity: medium
#   category: supply-chain
#   profile: default
#   practices: [12b, 13b]
#   since: v0.1.0
#   cwe: [CWE-494]
#   formats: [CloudFormation, SAM]
#   peers: []
#   remediation: |
#     Set the version of the object (CloudFormation `S3ObjectVersion`, SAM `Version`).
package rules.code_s3_reference_mode_unpinned

deny contains {"at": fn.code.storage_mode.at, "message": $"{fn.id} reads its package from S3 without an object version, which the storage mode REFERENCE requires"} if {
	some fn in input.functions
	unpinned(fn.code)
}

deny contains {"at": layer.code.storage_mode.at, "message": $"{layer.id} reads its package from S3 without an object version, which the storage mode REFERENCE requires"} if {
	some layer in input.layers
	unpinned(layer.code)
}

unpinned(code) if {
	code.storage_mode.value == "REFERENCE"
	code.s3_version.absent
}
