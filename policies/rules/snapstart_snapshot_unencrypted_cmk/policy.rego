# METADATA
# title: SnapStart snapshots are not encrypted with a customer managed key
# description: |
#   A snapshot contains the memory of the initialized function, with the secrets that it has read.
#   Access to a key of AWS cannot be denied or ended.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/snapstart-security.html
#     description: Security model for Lambda SnapStart
# schemas:
#   - input: schema.stack
# custom:
#   id: snapstart-snapshot-unencrypted-cmk
#   severity: low
#   category: encryption
#   profile: strict
#   practices: [12c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers: []
#   fix:
#     title: Encrypt the snapshots with the KMS key of this template
#     unsafe: the key policy must allow the execution role and the deploying principal to use the key
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Set a customer managed key (`kms_key_arn`, `KmsKeyArn`) on the function and allow its
#     execution role `kms:Decrypt` on the key.
package rules.snapstart_snapshot_unencrypted_cmk

deny contains {"at": fn.kms_key.at, "message": $"{fn.id} has no customer managed key: its SnapStart snapshots are encrypted with a key of AWS"} if {
	some fn in input.functions
	fn.snap_start.apply_on.value == "PublishedVersions"
	fn.kms_key.absent

	# With environment variables, env-without-kms-key is about the same key.
	not fn.environment.variables.unknown
	count(fn.environment.variables.items) == 0
}
