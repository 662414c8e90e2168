# METADATA
# title: VPC configuration lacks subnets or security groups
# description: |
#   Lambda accepts subnets and security groups only together, so the deployment fails. With neither of
#   them, the function is not attached to a VPC.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-config-incomplete
#   severity: medium
#   category: network
#   profile: strict
#   practices: [1a]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - Guard LAMBDA_INSIDE_VPC
#   remediation: |
#     Set both subnets and security groups, or empty both lists to detach the function from its VPC.
package rules.vpc_config_incomplete

deny contains {"at": fn.vpc.security_groups.at, "message": $"{fn.id} has subnets but no security groups in its VPC configuration"} if {
	some fn in input.functions
	empty(fn.vpc.security_groups)
	filled(fn.vpc.subnets)
}

deny contains {"at": fn.vpc.subnets.at, "message": $"{fn.id} has security groups but no subnets in its VPC configuration"} if {
	some fn in input.functions
	empty(fn.vpc.subnets)
	filled(fn.vpc.security_groups)
}

empty(list) if {
	not list.unknown
	count(list.items) == 0
}

filled(list) if {
	not list.unknown
	count(list.items) > 0
}
