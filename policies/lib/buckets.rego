# METADATA
# description: Who may use buckets, by the index of the bucket.
package lib.buckets

import data.lib.trust

# with_code are the buckets that contain the package of a function or a layer.
with_code contains i if {
	some fn in input.functions
	some i in fn.code.s3_bucket.targets
}

with_code contains i if {
	some layer in input.layers
	some i in layer.code.s3_bucket.targets
}

# unversioned returns how a bucket keeps no versions of its objects, for the end of a message.
unversioned(bucket) := "" if {
	bucket.versioning.absent
	without_inline_versions(bucket)
}

unversioned(bucket) := $": versioning is {bucket.versioning.value}" if {
	bucket.versioning.value in {"Disabled", "Suspended"}
	without_inline_versions(bucket)
}

without_inline_versions(bucket) if {
	bucket.inline_versioning.value == false
	bucket.object_lock.value == false
}

# open_for_all are the statements and the ACL that let everyone use a bucket.
open_for_all[i] contains {"at": principal.value.at, "how": $"Principal is {principal.value.value}"} if {
	some i, bucket in input.buckets
	policy_applies(bucket.public_access)
	not trust.turned_away(bucket.statements, using)
	some statement in bucket.statements.items
	open(statement)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

open_for_all[i] contains {"at": bucket.acl.at, "how": $"the ACL is {bucket.acl.value}"} if {
	some i, bucket in input.buckets
	acl_applies(bucket.public_access)
	bucket.acl.value in {"public-read", "public-read-write", "PublicRead", "PublicReadWrite"}
}

# open_for_writing are those that let everyone write.
open_for_writing[i] contains {"at": principal.value.at, "how": $"Principal is {principal.value.value}"} if {
	some i, bucket in input.buckets
	policy_applies(bucket.public_access)
	not trust.turned_away(bucket.statements, {"s3:putobject"})
	some statement in bucket.statements.items
	open(statement)
	some action in statement.actions.items
	regex.match(`(?i)^(\*+|s3:(\*+|put\*+|p\*+|putobject\**))$`, action.value)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

open_for_writing[i] contains {"at": bucket.acl.at, "how": $"the ACL is {bucket.acl.value}"} if {
	some i, bucket in input.buckets
	acl_applies(bucket.public_access)
	bucket.acl.value in {"public-read-write", "PublicReadWrite"}
}

open(statement) if {
	statement.effect.value == "Allow"
	not trust.narrowed(statement.conditions, trust.not_who)
}

# policy_applies reports whether the public access block certainly does not disable a public policy.
policy_applies(block) if block.absent

policy_applies(block) if {
	block.block_policy.value == false
	block.restrict_buckets.value == false
}

acl_applies(block) if block.absent

acl_applies(block) if {
	block.block_acls.value == false
	block.ignore_acls.value == false
}

# using are the actions that read and replace objects.
using := {"s3:getobject", "s3:putobject"}
