# METADATA
# title: Function stays when its resource is removed
# description: |
#   The function keeps running with its execution role and its permissions after it is removed from
#   the template. Its runtime is no longer updated, and later templates do not show it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
#     description: DeletionPolicy attribute
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
#     description: "Terraform: aws_lambda_function"
# schemas:
#   - input: schema.stack
# custom:
#   id: function-left-behind-on-destroy
#   severity: low
#   category: reliability
#   profile: default
#   practices: [4a]
#   since: v0.1.0
#   cwe: [CWE-561]
#   peers: []
#   fix:
#     title: Delete the function with its resource
#     steps:
#       - attribute: tf:skip_destroy
#         set: false
#       - set: Delete
#   remediation: |
#     Remove `skip_destroy` or `DeletionPolicy`. To keep earlier versions, retain the versions instead
#     of the function.
package rules.function_left_behind_on_destroy

import data.lib.trust

deny contains {"at": fn.retained.at, "message": $"{fn.id} keeps running when its resource is removed"} if {
	some fn in input.functions
	fn.retained.value == true
	not trust.at_edge(fn) # Lambda@Edge deletes the copies of a function only hours later
}
