# METADATA
# title: Function code can use the network interface permissions of its role
# description: |
#   Lambda needs the permissions to attach the function to a VPC, the code does not. Code that an
#   attacker controls can use them to create and delete network interfaces. AWS advises a Deny of
#   these actions with the condition key `lambda:SourceFunctionArn`, which is present only in
#   requests of the code.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: role-eni-permissions-usable-by-code
#   severity: info
#   category: identity
#   profile: all
#   practices: [1e, 3c]
#   since: v0.1.0
#   cwe: [CWE-250]
#   remediation: |
#     Add a statement that denies the `ec2` actions on network interfaces with `ArnEquals` of
#     `lambda:SourceFunctionArn` and the ARN of the function.
package rules.role_eni_permissions_usable_by_code

import data.lib.grants
import data.lib.iam

deny contains {"at": action.at, "key": $"{action.value}", "message": $"{role.id} ({grants.purpose[i]}) allows {action.value}, which function code can use, too"} if {
	some i, role in input.roles
	grants.users[i]
	"ec2" in grants.services[i]
	not denied(role.statements)
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	not iam.every_action(action.value)
	not iam.service_wildcard(action.value)
	iam.matches(action.value, "ec2:createnetworkinterface")
}

deny contains {"at": policy.at, "key": $"{name}", "message": $"{role.id} ({grants.purpose[i]}) allows ec2:CreateNetworkInterface with {name}, which function code can use, too"} if {
	some i, role in input.roles
	grants.users[i]
	not denied(role.statements)
	some policy in role.managed_policies.items
	count(policy.targets) == 0 # a policy of the stack is none of AWS
	some part in ["value", "suffix"]
	name := iam.aws_managed(policy[part])
	name in {"AWSLambdaENIManagementAccess", "AWSLambdaVPCAccessExecutionRole"}
}

# denied reports whether a statement denies, or may deny, actions to function code.
denied(statements) if statements.unknown

denied(statements) if {
	some statement in statements.items
	not statement.effect.value == "Allow"
	statement.conditions.unknown
}

denied(statements) if {
	some statement in statements.items
	not statement.effect.value == "Allow"
	some condition in statement.conditions.items
	object.get(condition.key, "value", "lambda:SourceFunctionArn") in {"lambda:SourceFunctionArn", "lambda:sourcefunctionarn"}
}
