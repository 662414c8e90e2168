# METADATA
# title: Callers of a function URL lack half of the permission
# description: |
#   A function URL answers only those who may both invoke the URL and invoke the function. With the
#   first alone every call gets a 403, and people then open the policy further than they need.
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
#   since: v0.1.0
#   cwe: [CWE-863]
#   peers: []
#   fix:
#     title: Let it invoke the function through the URL
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
#     Add a second permission for the same principal with the action lambda:InvokeFunction, limited
#     to calls through the URL.
package rules.function_url_missing_invoke_permission

deny contains {"at": permission.action.at, "message": $"{permission.id} lets {permission.principal.value} use the function URL, but no permission lets it invoke the function"} if {
	some permission in input.permissions
	permission.action.value == "lambda:InvokeFunctionUrl"
	principal := permission.principal.value
	count(permission.function.targets) > 0
	not may_invoke(permission, principal)
}

# A permission of which something is not known may be the one.
may_invoke(permission, principal) if {
	some other in input.permissions
	same_function(other, permission)
	not other.action.value == "lambda:InvokeFunctionUrl"
	not excluded(other, principal)
}

same_function(other, permission) if {
	some i in other.function.targets
	i in permission.function.targets
}

same_function(other, _) if {
	other.function.unknown
	count(other.function.targets) == 0
}

# excluded permissions are known to be for somebody else.
excluded(other, principal) if {
	other.principal.value != "*"
	other.principal.value != principal
}
