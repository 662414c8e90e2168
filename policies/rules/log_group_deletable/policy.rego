# METADATA
# title: Log group is deleted with the stack
# description: |
#   When the stack is destroyed or the log group is replaced, all logs are deleted. An attacker
#   who controls the deployment can remove the evidence in the same way.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html
#     description: Protecting log groups from deletion
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
#     description: DeletionPolicy attribute
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-deletable
#   severity: info
#   category: observability
#   profile: all
#   practices: [15b]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   fix:
#     title: Enable deletion protection
#     unsafe: deleting the stack fails until the protection is switched off; older versions of the AWS provider for Terraform reject the argument
#     set: true
#   remediation: |
#     Enable deletion protection (`deletion_protection_enabled`,
#     `DeletionProtectionEnabled`), or keep the log group: `skip_destroy` in Terraform,
#     `DeletionPolicy: Retain` in CloudFormation.
package rules.log_group_deletable

deny contains {"at": group.deletion_protection.at, "message": $"{group.id} is deleted with the stack"} if {
	some group in input.log_groups
	group.deletion_protection.value == false
	group.skip_destroy.value == false
	group.prevent_destroy.value == false
	group.deletion_policy.value == "Delete"
}
