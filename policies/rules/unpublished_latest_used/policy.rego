# METADATA
# title: Function is invoked without a published version
# description: |
#   The unpublished version `$LATEST` changes with every deployment and every manual upload, and there
#   is nothing to return to. A published version never changes, and an alias can point to the last
#   good one again.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
#     description: Manage Lambda function versions
# schemas:
#   - input: schema.stack
# custom:
#   id: unpublished-latest-used
#   severity: info
#   category: reliability
#   profile: all
#   practices: [2c]
#   since: v0.1.0
#   cwe: [CWE-494]
#   peers:
#     - Config custom LAMBDA_CODE_IS_VERSIONED
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
#     Publish versions (Terraform `publish`, CloudFormation `AWS::Lambda::Version`, SAM
#     `AutoPublishAlias`) and let everything invoke an alias.
package rules.unpublished_latest_used

import data.lib.lifecycle
import data.lib.trust

deny contains {"at": fn.publish.at, "message": $"{fn.id} has no published version"} if {
	some i, fn in input.functions
	fn.publish.value == false
	fn.publish_to.absent
	not lifecycle.has_version(i)
	not trust.at_edge(fn)
}

deny contains {"at": target.function.at, "message": $"{trigger.id} invokes $LATEST of {input.functions[i].id}, which has the alias {alias.id}"} if {
	some trigger in input.triggers
	by_arn(trigger)
	some target in trigger.targets.items
	target.qualifier.absent
	some i in target.function.targets
	some alias in aliases[i]
}

# The names of functions in the definition of an API or a workflow are in one text, so that their qualifiers are not known.
by_arn(trigger) if not trigger.service.value in {"apigateway", "states"}

aliases[i] contains alias if {
	some alias in input.aliases
	some i in alias.function.targets
}
