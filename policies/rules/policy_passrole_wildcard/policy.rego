# METADATA
# title: Role of a function may pass any role
# description: |
#   Who may pass any role can have a service act with the most powerful role of the account. A
#   condition on the service that gets the role counts as a limit; iam:* is reported by
#   policy-service-wildcard.
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
#   since: v0.1.0
#   cwe: [CWE-269]
#   peers:
#     - KICS e39bee8c
#     - Trivy AWS-0342
#     - cfn_nag F38
#     - cfn_nag F39
#     - cfn_nag F40
#     - Guard IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE
#     - Guard IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE
#   remediation: |
#     Name the role that is passed, or the path under which such roles are, and the service that
#     gets it, with the condition key iam:PassedToService.
package rules.policy_passrole_wildcard

import data.iam_risks
import data.lib.grants
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may pass any role to any service with {grant.name}"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.pass)) > 0
}
