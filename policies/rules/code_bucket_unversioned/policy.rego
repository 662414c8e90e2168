# METADATA
# title: Bucket of deployment packages keeps no versions
# description: |
#   An attacker who may write to the bucket can replace a package, and nothing shows or restores the earlier one.
#   With versions, a function can name the version that was reviewed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#     description: Retaining multiple versions of objects with S3 Versioning
# schemas:
#   - input: schema.stack
# custom:
#   id: code-bucket-unversioned
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-494]
#   peers: []
#   remediation: |
#     Enable versioning (`aws_s3_bucket_versioning`, `VersioningConfiguration`), and set
#     `s3_object_version` (`S3ObjectVersion`) of the functions.
package rules.code_bucket_unversioned

import data.lib.buckets

deny contains {"at": bucket.versioning.at, "message": $"{bucket.id} contains the package of a function or layer and keeps no versions of objects{how}"} if {
	some i in buckets.with_code
	bucket := input.buckets[i]
	how := buckets.unversioned(bucket)
}
