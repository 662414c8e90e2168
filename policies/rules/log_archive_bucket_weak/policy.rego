# METADATA
# title: Bucket with archived logs is not protected
# description: |
#   The bucket is the archive of logs. If it keeps no versions, principals with write access
#   can replace or delete the logs without a trace; if it is public, anyone can read them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
#     description: Security best practices for Amazon S3
# schemas:
#   - input: schema.stack
# custom:
#   id: log-archive-bucket-weak
#   severity: medium
#   category: observability
#   profile: strict
#   practices: [15d]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   remediation: |
#     Enable versioning or object lock for the bucket, restrict its policy and its ACL, and
#     block public access.
package rules.log_archive_bucket_weak

import data.lib.buckets

deny contains {"at": bucket.versioning.at, "message": $"{bucket.id} contains archived logs and keeps no versions of objects{how}"} if {
	some i in archives
	bucket := input.buckets[i]
	how := buckets.unversioned(bucket)
}

deny contains {"at": grant.at, "message": $"{bucket.id} contains archived logs and is public: {grant.how}", "severity": "high"} if {
	some i in archives
	bucket := input.buckets[i]
	some grant in buckets.open_for_all[i]
}

# archives are the buckets that logs are sent to.
archives contains i if {
	some filter in input.subscription_filters
	some i in filter.bucket.targets
}

archives contains i if {
	some destination in input.log_destinations
	some i in destination.bucket.targets
}

archives contains i if {
	some stream in streams
	some i in input.delivery_streams[stream].bucket.targets
}

streams contains stream if {
	some filter in input.subscription_filters
	some stream in filter.stream.targets
}

streams contains stream if {
	some destination in input.log_destinations
	some stream in destination.stream.targets
}
