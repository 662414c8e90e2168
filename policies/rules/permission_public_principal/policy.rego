# METADATA
# title: Permission makes the function public
# description: |
#   A permission with the principal `*` allows everyone with an AWS account to use its action on the
#   function. A caller needs only the ARN of the function, which is not a secret.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#     description: Viewing resource-based IAM policies in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-public-principal
#   severity: critical
#   category: invocation
#   profile: default
#   practices: [2a, 10a, 13e]
#   yields_to: [function-url-public-invoke-unbound]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - CKV_AWS_301
#     - KICS e08ed7eb
#     - KICS 1btsf2f9
#     - KICS 1d6e16f1
#     - Regula FG_R00276
#     - cfn_nag F13
#     - Guard LAMBDA_NO_WILDCARD_PRINCIPALS
#     - Guard LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED
#     - cdk-nag LambdaFunctionPublicAccessProhibited
#     - Security Hub Lambda.1
#     - Config LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED
#     - Prowler awslambda_function_not_publicly_accessible
#     - CloudSploit lambdaPublicAccess
#     - Steampipe lambda_function_restrict_public_access
#   remediation: |
#     Set the principal to the caller, either a service principal with a source ARN, or the account
#     or role that invokes the function. To allow all accounts of an organization, keep the
#     principal and set the organization ID (`principal_org_id`, `PrincipalOrgID`).
package rules.permission_public_principal

import data.lib.iam
import data.lib.trust

# The rules for function URLs check permissions for function URLs.
deny contains {"at": permission.principal.at, "message": $"{permission.id} is public: its principal is {permission.principal.value}"} if {
	some permission in input.permissions
	iam.anyone(permission.principal.value)
	permission.principal_org_id.absent
	permission.source_arn.absent
	permission.source_account.absent
	permission.function_url_auth_type.absent
	permission.invoked_via_function_url.absent
}

# Everyone can meet a source ARN that is a wildcard.
deny contains {"at": permission.principal.at, "message": $"{permission.id} is public: its principal is {permission.principal.value} and its source ARN is {permission.source_arn.value}"} if {
	some permission in input.permissions
	iam.anyone(permission.principal.value)
	trust.any_value("aws:sourcearn", permission.source_arn.value)
	permission.principal_org_id.absent
	permission.source_account.absent
	permission.function_url_auth_type.absent
	permission.invoked_via_function_url.absent
}
