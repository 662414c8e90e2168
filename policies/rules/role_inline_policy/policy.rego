# METADATA
# title: Execution role has an inline policy
# description: |
#   Some organizations allow only managed policies, which have versions and can be reviewed and
#   reused in one place. An inline policy for one function is otherwise good practice. The policies
#   of SAM functions are inline by design and are not reported.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
#     description: Managed policies and inline policies
# schemas:
#   - input: schema.stack
# custom:
#   id: role-inline-policy
#   severity: info
#   category: identity
#   profile: all
#   practices: [3e]
#   since: v0.1.0
#   cwe: [CWE-1078]
#   peers:
#     - Guard IAM_NO_INLINE_POLICY_CHECK
#     - cdk-nag IAMNoInlinePolicy
#     - KICS a58d1a2d
#     - cfn_nag F10
#     - Config IAM_NO_INLINE_POLICY_CHECK
#   remediation: |
#     Move the statements into a managed policy and attach it to the role.
package rules.role_inline_policy

import data.lib.grants

deny contains {"at": policy.at, "key": $"{name}", "message": $"{role.id} has an inline policy"} if {
	some i, role in input.roles
	grants.users[i]
	some policy in role.inline_policies.items
	not policy.unknown
	name := object.get(policy.name, "value", "inline policy")
}

deny contains {"at": policy.at, "message": $"{policy.id} is an inline policy of {input.roles[i].id}"} if {
	some policy in input.policies
	policy.type in {"aws_iam_role_policy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy"}
	some role in policy.roles.items
	some i in role.targets
	grants.users[i]
}
