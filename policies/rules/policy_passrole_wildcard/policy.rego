# METADATA
# title: Execution role allows passing any role (iam:PassRole)
# description: |
#   With `iam:PassRole` on every role, the function can hand the most powerful role of the account
#   to a service and act through that service (privilege escalation). A condition on the service
#   that receives the role counts as a restriction. `iam:*` is reported by policy-service-wildcard.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
#     description: Granting permissions to pass a role to a service
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-passrole-wildcard
#   severity: high
#   category: identity
#   profile: default
#   practices: [2b, 3c]
#   since: v0.1.0
#   cwe: [CWE-269]
#   peers:
#     - CKV_AWS_109
#     - CKV_AWS_289
#     - KICS e39bee8c
#     - Trivy AWS-0342
#     - cfn_nag F38
#     - cfn_nag F39
#     - cfn_nag F40
#     - Guard IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE
#     - Guard IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE
#   remediation: |
#     Restrict `iam:PassRole` to the ARN of the role that is passed, or to the path of such roles,
#     and restrict the receiving service with the condition key `iam:PassedToService`.
package rules.policy_passrole_wildcard

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every role and to every service (privilege escalation)"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.pass)) > 0
}
