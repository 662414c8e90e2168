# METADATA
# title: Code copies objects to /tmp with the default storage
# description: |
#   The code reads objects of S3 and writes files in /tmp, whose size is the default of 512 MB. An object
#   can be larger, and files of earlier invocations take space, too: writing then fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html
#     description: Configure ephemeral storage for Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: tmp-storage-unset-with-large-use
#   severity: info
#   category: reliability
#   profile: all
#   practices: [9a]
#   since: v0.1.0
#   cwe: [CWE-400]
#   remediation: |
#     Set the ephemeral storage of the function to the size of the largest object and of the files that are
#     made of it, or process the object as a stream.
package rules.tmp_storage_unset_with_large_use

import data.lib.calls

deny contains {"at": fn.ephemeral_storage.at, "message": $"{fn.id} reads objects of S3 and writes {path}, with the default of 512 MB for /tmp"} if {
	some f, fn in input.functions
	fn.ephemeral_storage.absent
	some call in calls.of[f]
	some action in call.actions.items
	action.value == "s3:GetObject"
	path := sort(files(fn))[0]
}

# files are the files in /tmp that the code of a function writes.
files(fn) := {file.value |
	some i in fn.source.targets
	some file in input.sources[i].temporary.writes.items
}
