# METADATA
# title: Execution role allows every action on every resource
# description: |
#   Every action on every resource is administrator access: an attacker who takes over the function
#   controls the whole account. One vulnerability in the code or in a dependency is enough.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_examples.html
#     description: Example IAM identity-based policies
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-admin-star
#   severity: critical
#   category: identity
#   profile: default
#   practices: [2a, 3a]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - CKV2_AWS_40
#     - CKV_AWS_49
#     - CKV_AWS_63
#     - CKV_AWS_107
#     - CKV_AWS_108
#     - CKV_AWS_109
#     - CKV_AWS_110
#     - CKV_AWS_111
#     - CKV_AWS_286
#     - CKV_AWS_288
#     - CKV_AWS_290
#     - CKV_AWS_355
#     - CKV_AWS_356
#     - cfn_nag F3
#     - cfn_nag F38
#     - cfn_nag F39
#     - cfn_nag F40
#     - cfn_nag W11
#     - cfn_nag W12
#     - cfn_nag W13
#     - Guard IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS
#     - Guard IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE
#     - Guard IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS
#     - Guard IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE
#     - Guard IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS
#     - Guard IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE
#     - serverless-rules WS1003
#     - CKV_AWS_289
#     - CKV_AWS_287
#     - cfn_nag F5
#     - cfn_nag F4
#     - CKV_AWS_1
#     - CKV_AWS_62
#     - KICS 575a2155
#     - KICS b1ffa705
#     - KICS 2f37c4a3
#     - KICS f62aa827
#     - KICS 953b3cdb
#     - KICS a0ae0a4e
#     - Trivy AWS-0057
#     - Trivy AWS-0114
#     - Terrascan AC_AWS_0143
#     - Terrascan AC_AWS_0144
#     - Terrascan AC_AWS_0146
#     - Terrascan AC_AWS_0147
#     - Regula admin_policy
#     - Guard IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS
#     - cdk-nag IAMPolicyNoStatementsWithAdminAccess
#     - Config IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS
#     - Security Hub IAM.1
#   remediation: |
#     List the actions that the function calls and the resources that it calls them on. CloudTrail
#     and IAM Access Analyzer show which ones it uses.
package rules.policy_admin_star

import data.lib.grants

deny contains {"at": grant.at, "message": $"{role.id} ({grants.purpose[i]}) allows every action on every resource (administrator access)"} if {
	some i, role in input.roles
	some grant in grants.everything[i]
}
