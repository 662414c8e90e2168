# METADATA
# title: Execution role allows every action of a service
# description: |
#   A service wildcard allows every action of the service, including those that delete its resources
#   or share them with other principals. Few functions need them, and the wildcard also includes
#   every action that AWS adds later. The rule does not flag services without such actions, or the
#   logs, metrics and traces of the function itself.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#     description: Apply least-privilege permissions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-service-wildcard
#   severity: high
#   category: identity
#   profile: default
#   practices: [3a]
#   yields_to: [policy-data-exfiltration]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
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
#     - Trivy AWS-0114
#     - cfn_nag F3
#     - cfn_nag F4
#     - cfn_nag F5
#     - cfn_nag W11
#     - cfn_nag W12
#     - cfn_nag W13
#     - Guard IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE
#     - Guard IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS
#     - CKV2_AWS_40
#     - CKV_AWS_289
#     - CKV_AWS_287
#     - serverless-rules WS1003
#     - serverless-rules aws_iam_role_lambda_no_star
#     - Trivy AWS-0345
#     - Trivy AWS-0057
#     - Guard IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS
#     - Guard IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS
#     - cdk-nag LambdaStarPermissions
#     - cdk-nag IAMPolicyNoStatementsWithFullAccess
#     - cdk-nag AwsSolutions-IAM5
#     - Config IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS
#     - Security Hub IAM.21
#   remediation: |
#     List the actions that the function calls instead of the service wildcard. CloudTrail and IAM
#     Access Analyzer show which ones it uses.
package rules.policy_service_wildcard

import data.iam_actions
import data.lib.grants
import data.lib.iam
import data.lib.sam

deny contains {"at": action.at, "key": $"{service}", "message": $"{role.id} ({grants.purpose[i]}) allows every action of {service}: Action is {action.value}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.at in grants.starred
	some action in statement.actions.items
	iam.service_wildcard(action.value)
	service := iam.service_of(action.value)
	not service in iam_actions.harmless
	not administers(i, service, action.at)
	not sam.wrote(i, action.value) # sam-policy-template-broad reports it
	not spared(i, service, action.at)
}

# A role with every action of IAM can give itself every other permission.
deny contains {"at": action.at, "key": action.value, "severity": "critical", "message": $"{role.id} ({grants.purpose[i]}) allows every action of iam on every resource (administrator access): Action is {action.value}"} if {
	some i, role in input.roles
	grants.users[i]
	"iam" in grants.services[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.at in grants.starred
	some action in statement.actions.items
	iam.service_wildcard(action.value)
	administers(i, iam.service_of(action.value), action.at)
}

# administers reports whether a wildcard covers every action of IAM on everything.
administers(i, "iam", at) if anywhere(i, at)

# spared reports whether a wildcard covers only the logs, metrics or traces of the function itself.
spared(i, service, at) if {
	service in {"cloudwatch", "logs", "xray"}
	not anywhere(i, at)
}

anywhere(i, at) if {
	some grant in grants.open[i]
	grant.at == at
}
