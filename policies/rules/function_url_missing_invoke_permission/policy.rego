# METADATA
# title: Function URL callers have no lambda:InvokeFunction permission
# description: |
#   A call to a function URL requires two permissions, `lambda:InvokeFunctionUrl` and
#   `lambda:InvokeFunction`. With the first one alone every request fails with status 403. The usual
#   workaround is a policy that allows more than the callers need.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
#     description: Control access to Lambda function URLs
# schemas:
#   - input: schema.stack
# custom:
#   id: function-url-missing-invoke-permission
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-863]
#   peers: []
#   fix:
#     title: Allow the principal to invoke the function through the URL
#     unsafe: the principal can invoke the function, and Terraform requires a version of the AWS provider that has invoked_via_function_url
#     resource:
#       suffix: Invoke
#       terraform: |
#         resource "aws_lambda_permission" "{name}" {
#           action                   = "lambda:InvokeFunction"
#           function_name            = {attribute:function_name}
#           principal                = {attribute:principal}
#           invoked_via_function_url = true
#         }
#       cloudformation:
#         Type: AWS::Lambda::Permission
#         Properties:
#           Action: lambda:InvokeFunction
#           FunctionName: "{attribute:FunctionName}"
#           InvokedViaFunctionUrl: true
#           Principal: "{attribute:Principal}"
#   remediation: |
#     Add a permission for the same principal with action `lambda:InvokeFunction`, limited to calls
#     through the URL (`invoked_via_function_url`, `InvokedViaFunctionUrl`).
package rules.function_url_missing_invoke_permission

import data.lib.invoke

deny contains {"at": permission.action.at, "message": $"{permission.id} allows lambda:InvokeFunctionUrl for principal {permission.principal.value} without lambda:InvokeFunction: requests fail with status 403"} if {
	some permission in input.permissions
	permission.action.value == "lambda:InvokeFunctionUrl"
	principal := permission.principal.value
	count(permission.function.targets) > 0
	not may_invoke(permission, principal)
}

# A permission with an undetermined value may be the missing one.
may_invoke(permission, principal) if {
	some i in permission.function.targets
	some j in invoke.permissions[i]
	other := input.permissions[j]
	invoke.same_target(other, permission)
	permits(other, principal)
}

may_invoke(_, principal) if {
	some j in of_unknown_function
	permits(input.permissions[j], principal)
}

# of_unknown_function contains the permissions that may be for any function.
of_unknown_function contains j if {
	some j, other in input.permissions
	other.function.unknown
	count(other.function.targets) == 0
}

permits(other, principal) if {
	not other.action.value == "lambda:InvokeFunctionUrl"
	not excluded(other, principal)
}

# excluded permissions are certainly for another principal.
excluded(other, principal) if {
	other.principal.value != "*"
	other.principal.value != principal
}
