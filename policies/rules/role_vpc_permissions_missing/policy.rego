# METADATA
# title: Execution role lacks permissions for VPC network interfaces
# description: |
#   Lambda creates the network interfaces of a function in a VPC with the permissions of its
#   execution role. Without them, the function cannot be created or moved into the VPC. The quick
#   workaround is often a role with far too many permissions.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: role-vpc-permissions-missing
#   severity: medium
#   category: identity
#   profile: default
#   practices: [1e, 3d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   fix:
#     title: Attach AWSLambdaVPCAccessExecutionRole to the execution role
#     steps:
#       - on: role
#         to: roles
#         attribute: cfn:ManagedPolicyArns
#         item: {cloudformation: {Fn::Sub: "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"}}
#       - on: role
#         to: roles
#         resource:
#           suffix: vpc
#           terraform: |
#             resource "aws_iam_role_policy_attachment" "{name}" {
#               role       = {id}.name
#               policy_arn = "arn:${{data:aws_partition.current.partition}}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
#             }
#       - attribute: sam:Policies
#         item: {cloudformation: AWSLambdaVPCAccessExecutionRole}
#   remediation: |
#     Attach the managed policy service-role/AWSLambdaVPCAccessExecutionRole to the execution role.
package rules.role_vpc_permissions_missing

import data.lib.permitted
import data.lib.text

needed := {"ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"}

deny contains {"at": fn.role.at, "message": $"{fn.id} is in a VPC, but its execution role {role} does not allow {text.names(missing)}"} if {
	some fn in input.functions
	in_vpc(fn)
	role := permitted.role(fn)
	missing := lacking[role]
}

# lacking are the needed actions that the execution roles of functions in a VPC do not allow, by the id of the role.
lacking[role] := missing if {
	some role in {permitted.role(fn) | some fn in input.functions; in_vpc(fn)}
	missing := {action | some action in needed; permitted.lacks(role, action)}
	count(missing) > 0
}

# in_vpc reports whether a function is in a VPC, which takes subnets and security groups: AWS rejects one without the other.
in_vpc(fn) if {
	some list in ["security_groups", "subnets"]
	count([item | some item in fn.vpc[list].items; not item.absent]) > 0
}
