# METADATA
# title: Permission allows every action on a function
# description: |
#   Whoever the permission is for may replace the code of the function, change what it runs with
#   and let others in. Invoking needs one action.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#     description: Viewing resource-based IAM policies in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-action-wildcard
#   severity: critical
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - KICS ad9dabc7 Lambda With Vulnerable Policy
#   fix:
#     title: Allow nothing but to invoke
#     set: lambda:InvokeFunction
#   remediation: |
#     Set the action to lambda:InvokeFunction.
package rules.permission_action_wildcard

deny contains {"at": permission.action.at, "message": $"{permission.id} allows {permission.action.value}"} if {
	some permission in input.permissions
	contains(permission.action.value, "*")
}
