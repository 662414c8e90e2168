# METADATA
# title: Package in S3 has no object version
# description: |
#   A principal with write access to the bucket can replace the package, and the next deployment runs
#   the new code.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html
#     description: AWS::Lambda::Function Code
# schemas:
#   - input: schema.stack
# custom:
#   id: code-s3-object-unversioned
#   severity: low
#   category: supply-chain
#   profile: strict
#   practices: [12b, 13b]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-494]
#   peers: []
#   remediation: |
#     Set the version of the object (Terraform `s3_object_version`, CloudFormation
#     `S3ObjectVersion`, SAM `Version`), or use a key that contains a hash of the package.
package rules.code_s3_object_unversioned

deny contains {"at": fn.code.s3_key.at, "message": $"{fn.id} takes its package {fn.code.s3_key.value} from S3 without an object version"} if {
	some fn in input.functions
	fn.code.s3_version.absent
	fn.code.hash.absent
	fn.code.storage_mode.value == "COPY"
	not regex.match(`[0-9a-f]{32}`, fn.code.s3_key.value) # a hash of the content
	fn.code.s3_key.value
	not regex.match(`%%[A-Z_]+%%`, fn.code.s3_key.value) # a build fills in the version
}
