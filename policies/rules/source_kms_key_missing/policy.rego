# METADATA
# title: Package is not encrypted with a customer managed key
# description: |
#   Lambda encrypts the Zip package with an AWS owned key, whose use you cannot restrict or audit.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html
#     description: Encrypting Lambda .zip deployment packages
# schemas:
#   - input: schema.stack
# custom:
#   id: source-kms-key-missing
#   severity: low
#   category: supply-chain
#   profile: all
#   practices: [12a]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers: []
#   fix:
#     title: Encrypt the package with the KMS key of this template
#     unsafe: the key policy must allow the deploying principal to use the key
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Set the key of the package (Terraform `source_kms_key_arn`, CloudFormation and SAM
#     `SourceKMSKeyArn`).
package rules.source_kms_key_missing

import data.lib.trust

deny contains {"at": fn.code.kms_key.at, "message": $"{fn.id} has a package that is not encrypted with a customer managed key"} if {
	some fn in input.functions
	fn.code.kms_key.absent
	fn.package_type.value == "Zip"
	fn.code.inline.absent
	not trust.at_edge(fn)
}
