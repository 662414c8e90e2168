# METADATA
# title: Bucket with deployment packages is public
# description: |
#   Anyone can read the code of the function or, if writing is allowed, replace the package that the
#   next deployment runs with the execution role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
#     description: Blocking public access to your Amazon S3 storage
# schemas:
#   - input: schema.stack
# custom:
#   id: code-bucket-unprotected
#   severity: high
#   category: supply-chain
#   profile: default
#   practices: [2b, 12b]
#   since: v0.1.0
#   cwe: [CWE-494]
#   peers:
#     - CKV2_AWS_6
#     - CKV_AWS_53
#     - CKV_AWS_54
#     - CKV_AWS_55
#     - CKV_AWS_56
#   remediation: |
#     Restrict the policy and the ACL of the bucket, and block public access.
package rules.code_bucket_unprotected

import data.lib.buckets

deny contains {"at": grant.at, "message": $"{bucket.id} contains the package of a function or layer and is public: {grant.how}"} if {
	some i, bucket in input.buckets
	i in buckets.with_code
	some grant in buckets.open_for_all[i]
}

deny contains {"at": bucket.public_access.at, "message": $"{bucket.id} contains the package of a function or layer and does not block public access"} if {
	some i, bucket in input.buckets
	i in buckets.with_code
	not bucket.public_access.absent
	not bucket.public_access.unknown
	bucket.public_access.block_policy.value == false
	bucket.public_access.restrict_buckets.value == false
}
