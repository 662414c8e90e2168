# METADATA
# title: Execution role allows changing permissions of other resources
# description: |
#   An attacker who takes over the function can use the action to share buckets, queues, keys or
#   functions with other accounts, or to make them public. Actions that extend the permissions of
#   the role itself are reported by policy-privilege-escalation.
# related_resources:
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
#     description: Actions, resources and condition keys for AWS services
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
#     description: Identity-based policies and resource-based policies
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-permissions-management
#   severity: high
#   category: identity
#   profile: default
#   practices: [2a, 3c]
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - CKV_AWS_109
#     - CKV_AWS_289
#   remediation: |
#     Restrict the action to the resources whose permissions the function manages, or remove it.
#     Prefer to set permissions in the template that deploys the resource.
package rules.policy_permissions_management

import data.iam_actions
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every resource (permissions management)"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_actions.permissions)) > 0
	not escalates(i, grant.at)
}

escalates(i, at) if {
	some way in grants.ways[i]
	way.at == at
}
