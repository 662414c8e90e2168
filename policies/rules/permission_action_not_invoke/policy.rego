# METADATA
# title: Permission allows an action other than invoking the function
# description: |
#   A permission to update the code or to add permissions gives the principal control of the
#   function, and a permission to read it exposes its code and environment variables. Principals of
#   your own account get such permissions through identity-based policies, where they are reviewed.
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
#   practices: [2a, 10a]
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - KICS 9b83114b
#     - KICS 75ec6890
#     - cfn_nag W24
#     - Guard LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION
#   remediation: |
#     Set the action to `lambda:InvokeFunction`, or to `lambda:InvokeFunctionUrl` for a function
#     URL. Allow other actions in the policy of a role of the caller.
package rules.permission_action_not_invoke

invoking := {"lambda:invokefunction", "lambda:invokefunctionurl", "lambda:invokeasync", "lambda:invokewebfunctionendpoint"}

# permission-action-wildcard reports wildcards.
deny contains {"at": permission.action.at, "message": $"{permission.id} allows {permission.action.value}, which does not invoke the function"} if {
	some permission in input.permissions
	action := permission.action.value
	not regex.match(`[*?]`, action)
	not lower(action) in invoking
}
