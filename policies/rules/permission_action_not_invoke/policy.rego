# METADATA
# title: Permission allows more than invoking a function
# description: |
#   A permission for updating the code or adding permissions hands the function over, and one for
#   reading it shows its code and environment. People and pipelines of the own account get such
#   rights through their own policies, where they are reviewed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#     description: Viewing resource-based IAM policies in Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-action-not-invoke
#   severity: high
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - cfn_nag W24
#     - Guard LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION
#     - KICS 75ec6890 Lambda Permission Misconfigured
#     - KICS 9b83114b Lambda Permission Misconfigured
#   remediation: |
#     Set the action to lambda:InvokeFunction, or to lambda:InvokeFunctionUrl for a function URL.
#     Give other rights to a role of the caller.
package rules.permission_action_not_invoke

invoking := {"lambda:invokefunction", "lambda:invokefunctionurl", "lambda:invokeasync", "lambda:invokewebfunctionendpoint"}

# A wildcard is permission-action-wildcard.
deny contains {"at": permission.action.at, "message": $"{permission.id} allows {permission.action.value}, which is not invoking"} if {
	some permission in input.permissions
	action := permission.action.value
	not contains(action, "*")
	not lower(action) in invoking
}
