# METADATA
# title: Bucket that anyone can write to triggers a function
# description: |
#   Attackers choose the objects that the function processes and how often it runs, although they
#   cannot invoke it directly.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
#     description: Blocking public access to your Amazon S3 storage
# schemas:
#   - input: schema.stack
# custom:
#   id: trigger-bucket-public-write
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10d, 13e]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Restrict the policy or the ACL of the bucket and block public access.
package rules.trigger_bucket_public_write

import data.lib.buckets

deny contains {"at": grant.at, "message": $"{bucket.id} triggers a function and anyone can write to it: {grant.how}"} if {
	some i, bucket in input.buckets
	triggers(bucket)
	some grant in buckets.open_for_writing[i]
}

triggers(bucket) if bucket.notifies.items[0].targets[0] >= 0
