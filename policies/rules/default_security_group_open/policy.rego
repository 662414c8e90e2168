# METADATA
# title: Default security group of the VPC allows traffic
# description: |
#   Everything that is created in the VPC without a security group has the default group, and
#   Terraform moves the network interfaces of deleted functions there with
#   `replace_security_groups_on_destroy`. CloudFormation cannot change the rules of the group.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
#     description: Default security groups for your VPCs
# schemas:
#   - input: schema.stack
# custom:
#   id: default-security-group-open
#   severity: low
#   category: network
#   profile: strict
#   practices: [1b]
#   since: v0.1.0
#   cwe: [CWE-284]
#   formats: [Terraform]
#   peers:
#     - CKV2_AWS_12
#     - Trivy AWS-0173
#     - KICS 46883ce1
#     - KICS 9a4ef195
#     - Terrascan AC_AWS_0232
#     - Security Hub EC2.2
#   remediation: |
#     Declare the group without rules: `aws_default_security_group` with nothing but `vpc_id`.
package rules.default_security_group_open

import data.lib.network

deny contains {"at": group.at, "message": $"{group.id}, the default security group in the VPC of {network.names(functions)}, has rules that allow traffic"} if {
	some group in input.security_groups
	group.type == "aws_default_security_group"
	some rules in [group.ingress, group.egress]
	some rule in rules.items
	not rule.unknown
	some v in group.vpc.targets
	functions := network.of_vpc[v]
}

deny contains {"at": vpc.at, "message": $"{vpc.id} contains {network.names(functions)} and has a default security group with the rules of AWS, which allow traffic"} if {
	some v, functions in network.of_vpc
	vpc := input.vpcs[v]
	vpc.type == "aws_vpc"
	not managed(v)
}

# managed reports whether the default group of a VPC is, or may be, declared.
managed(v) if {
	some group in input.security_groups
	group.type == "aws_default_security_group"
	may_be_in(group.vpc, v)
}

may_be_in(vpc, v) if v in vpc.targets

may_be_in(vpc, _) if {
	vpc.unknown
	count(vpc.targets) == 0
}
