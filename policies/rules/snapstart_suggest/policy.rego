# METADATA
# title: Java function does not use SnapStart
# description: |
#   A Java function starts in seconds, and from a snapshot in a fraction of that. For Java, snapshots
#   cost nothing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
#     description: Improving startup performance with Lambda SnapStart
# schemas:
#   - input: schema.stack
# custom:
#   id: snapstart-suggest
#   severity: info
#   category: reliability
#   profile: all
#   practices: []
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint I2530
#   remediation: |
#     Set `snap_start` or `SnapStart` to `PublishedVersions`, publish versions, and check that the
#     function creates unique values and connections in its handler.
package rules.snapstart_suggest

import data.lib.lifecycle

deny contains {"at": fn.snap_start.at, "message": $"{fn.id} starts without a snapshot: SnapStart is off"} if {
	some i, fn in input.functions
	regex.match(`^java(11|17|21|25)(\.|$)`, fn.runtime.value)
	fn.snap_start.apply_on.value == "None"
	fn.package_type.value == "Zip"
	fn.ephemeral_storage.value <= 512
	fn.file_systems.absent
	fn.tenancy.absent
	fn.capacity_provider.absent
	not provisioned(i)
}

provisioned(i) if {
	some config in input.provisioned_concurrency
	lifecycle.may_be(config.function, i)
}
