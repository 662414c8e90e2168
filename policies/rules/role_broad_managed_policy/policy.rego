# METADATA
# title: Execution role has a broad AWS managed policy
# description: |
#   The managed policy covers every resource of a service, so one vulnerability in the function
#   exposes all of them. AWS provides it for administrators or for getting started, not for a single
#   function. Administrator policies are reported by role-admin-managed-policy.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#     description: Apply least-privilege permissions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: role-broad-managed-policy
#   severity: medium
#   category: identity
#   profile: default
#   practices: [3a]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - KICS 1b3af2f9
#     - cfn_nag W44
#     - Guard IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE
#     - CloudSploit lambdaPrivilegeAnalysis
#     - cdk-nag AwsSolutions-IAM4
#   remediation: |
#     Replace the managed policy with a policy that lists the actions and resources that the
#     function uses. In SAM, policy templates do that for the common cases.
package rules.role_broad_managed_policy

import data.lib.grants
import data.lib.iam
import data.managed_policies

deny contains {"at": policy.at, "key": $"{name}", "message": $"{role.id} ({grants.purpose[i]}) has the managed policy {name}, which {what(name)}"} if {
	some i, role in input.roles
	grants.users[i]
	some policy in role.managed_policies.items
	count(policy.targets) == 0 # a policy of the stack is none of AWS
	name := iam.aws_managed(policy.value)
	what(name)
}

# The partition, and with it the start of the ARN, is often unknown until deployment.
deny contains {"at": policy.at, "key": $"{name}", "message": $"{role.id} ({grants.purpose[i]}) has the managed policy {name}, which {what(name)}"} if {
	some i, role in input.roles
	grants.users[i]
	some policy in role.managed_policies.items
	name := iam.aws_managed(policy.suffix)
	what(name)
}

what(name) := managed_policies.broad[name]

# AWS names its administrator policies by this pattern, and adds new ones.
what(name) := "grants full access to an AWS service" if {
	regex.match(`(FullAccess(_?[vV][0-9]+)?|PowerUser|Admin(istrator)?Access)$`, name)
	not managed_policies.admin[name]
	not managed_policies.broad[name]
	not name in managed_policies.harmless
}
