# METADATA
# title: SnapStart cannot work
# description: |
#   Lambda takes a snapshot only when a version is published. It supports SnapStart for Java 11,
#   Python 3.12, .NET 8 and later, without container images, file systems, provisioned concurrency
#   and ephemeral storage of more than 512 MB, and rejects other functions.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
#     description: Improving startup performance with Lambda SnapStart
# schemas:
#   - input: schema.stack
# custom:
#   id: snapstart-misconfigured
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [11d]
#   yields_to: [tenancy-config-conflict]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint W2530
#     - cfn-lint E2530
#   fix:
#     title: Publish a version
#     steps:
#       - attribute: tf:publish
#         set: true
#       - attribute: sam:AutoPublishAlias
#         set: live
#       - resource:
#           suffix: Version
#           cloudformation:
#             Type: AWS::Lambda::Version
#             Properties:
#               FunctionName: {Ref: "{id}"}
#   remediation: |
#     Publish a version (Terraform `publish`, CloudFormation `AWS::Lambda::Version`, SAM
#     `AutoPublishAlias`) and invoke it, or remove what SnapStart does not support.
package rules.snapstart_misconfigured

import data.lib.lifecycle

deny contains {"at": fn.snap_start.apply_on.at, "severity": "medium", "message": $"{fn.id} uses SnapStart ({fn.snap_start.apply_on.value}), which Lambda does not support for {why}"} if {
	some i, fn in input.functions
	fn.snap_start.apply_on.value == "PublishedVersions"
	why := unsupported(i)
}

deny contains {"at": fn.snap_start.apply_on.at, "message": $"{fn.id} uses SnapStart ({fn.snap_start.apply_on.value}), but no version is published: it starts without a snapshot"} if {
	some i, fn in input.functions
	fn.snap_start.apply_on.value == "PublishedVersions"
	fn.publish.value == false
	fn.publish_to.absent
	not unsupported(i)
	not lifecycle.has_version(i)
}

# unsupported is what Lambda rejects together with SnapStart.
unsupported(i) := "container images" if {
	input.functions[i].package_type.value == "Image"
} else := $"the runtime {runtime}" if {
	runtime := input.functions[i].runtime.value
	regex.match(`^(nodejs|ruby|go|provided|dotnetcore|dotnet[567]|java8|python2|python3\.([0-9]|1[01])$)`, runtime)
} else := "functions with a file system" if {
	count(input.functions[i].file_systems.items) > 0
} else := $"{size} MB of ephemeral storage" if {
	size := input.functions[i].ephemeral_storage.value
	size > 512
} else := "functions with provisioned concurrency" if {
	some config in input.provisioned_concurrency
	i in config.function.targets
}
