# METADATA
# title: Execution role has an administrator policy
# description: |
#   With an administrator policy on its execution role, an attacker who takes over the function
#   controls the account. One vulnerability in the code or in a dependency is enough.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: role-admin-managed-policy
#   severity: critical
#   category: identity
#   profile: default
#   practices: [2a, 3a]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - Guard IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE
#     - cfn_nag W44
#     - CKV_AWS_274
#     - CKV_AWS_275
#     - CKV2_AWS_56
#     - KICS 1b3af2f9
#     - cfn_nag W43
#     - Guard IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE
#     - CloudSploit lambdaAdminPrivileges
#     - Security Hub IAM.1
#   remediation: |
#     Replace the managed policy with a policy that lists the actions and resources that the
#     function uses. CloudTrail and IAM Access Analyzer show which ones it uses.
package rules.role_admin_managed_policy

import data.lib.grants
import data.lib.iam
import data.managed_policies

deny contains {"at": policy.at, "key": $"{name}", "message": $"{role.id} ({grants.purpose[i]}) has the managed policy {name}, which {managed_policies.admin[name]}"} if {
	some i, role in input.roles
	grants.users[i]
	some policy in role.managed_policies.items
	count(policy.targets) == 0 # a policy of the stack is none of AWS
	name := iam.aws_managed(policy.value)
	managed_policies.admin[name]
}

# The partition, and with it the start of the ARN, is often unknown until deployment.
deny contains {"at": policy.at, "key": $"{name}", "message": $"{role.id} ({grants.purpose[i]}) has the managed policy {name}, which {managed_policies.admin[name]}"} if {
	some i, role in input.roles
	grants.users[i]
	some policy in role.managed_policies.items
	name := iam.aws_managed(policy.suffix)
	managed_policies.admin[name]
}
