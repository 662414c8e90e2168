# METADATA
# title: Permission allows a wildcard action on the function
# description: |
#   A wildcard action can allow the principal to replace the function's code, change its
#   configuration and add permissions for others. Invoking requires one action.
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
#   practices: [2a, 10a]
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - KICS ad9dabc7
#   fix:
#     title: Allow only lambda:InvokeFunction
#     safe_if: the principal is an AWS service that only invokes functions
#     steps:
#       - when: {principal: apigateway.amazonaws.com|cognito-idp.amazonaws.com|config.amazonaws.com|events.amazonaws.com|lex.amazonaws.com|logs.amazonaws.com|s3.amazonaws.com|scheduler.amazonaws.com|secretsmanager.amazonaws.com|ses.amazonaws.com|sns.amazonaws.com}
#         set: lambda:InvokeFunction
#       - unsafe: callers that use other actions, such as lambda:InvokeFunctionUrl or lambda:GetFunction, lose access
#         set: lambda:InvokeFunction
#   remediation: |
#     Set the action to `lambda:InvokeFunction`.
package rules.permission_action_wildcard

deny contains {"at": permission.action.at, "message": $"{permission.id} allows the wildcard action {permission.action.value}, not only lambda:InvokeFunction"} if {
	some permission in input.permissions
	regex.match(`[*?]`, permission.action.value)
}
