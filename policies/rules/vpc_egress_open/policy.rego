# METADATA
# title: Security group of a function allows all outbound traffic
# description: |
#   Code that an attacker runs in the function can send data to any address on any port.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
#     description: Security group rules
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-egress-open
#   severity: medium
#   category: network
#   profile: strict
#   practices: [1b, 13d]
#   since: v0.1.0
#   cwe: [CWE-923]
#   peers:
#     - CKV_AWS_382
#     - Trivy AWS-0104
#     - cfn_nag W5
#     - cfn_nag W40
#     - cfn_nag F1000
#     - KICS 1cc2fbd7
#     - KICS ee464fc2
#     - KICS 66f2d8f9
#     - Guard SECURITY_GROUP_EGRESS_ALL_PROTOCOLS_RULE
#     - Guard SECURITY_GROUP_MISSING_EGRESS_RULE
#   remediation: |
#     Allow only the ports that the function needs, such as TCP 443, to the security groups, prefix
#     lists and address ranges of its targets, and use VPC endpoints for AWS services.
package rules.vpc_egress_open

import data.lib.network

deny contains {"at": address.at, "key": address.value, "message": $"{group.id}, a security group of {network.names(functions)}, allows traffic on all ports to {address.value}"} if {
	some g, group in input.security_groups
	group.type != "aws_default_security_group"
	functions := network.of_group[g]
	some rule in group.egress.items
	network.all_ports(rule)
	some address in rule.ipv4.items
	address.value == "0.0.0.0/0"
}

deny contains {"at": address.at, "key": address.value, "message": $"{group.id}, a security group of {network.names(functions)}, allows traffic on all ports to {address.value}"} if {
	some g, group in input.security_groups
	group.type != "aws_default_security_group"
	functions := dual_stack[g]
	some rule in group.egress.items
	network.all_ports(rule)
	not ipv4(rule)
	some address in rule.ipv6.items
	address.value == "::/0"
}

deny contains {"at": address.at, "key": address.value, "message": $"{rule.id} allows {network.names(functions)} to send traffic on all ports to {address.value}"} if {
	some rule in input.security_group_rules
	rule.direction.value == "egress"
	network.all_ports(rule)
	some address in rule.ipv4.items
	address.value == "0.0.0.0/0"
	count(network.of_group) > 0
	functions := {i | some g in rule.group.targets; some i in network.of_group[g]}
	count(functions) > 0
}

deny contains {"at": address.at, "key": address.value, "message": $"{rule.id} allows {network.names(functions)} to send traffic on all ports to {address.value}"} if {
	some rule in input.security_group_rules
	rule.direction.value == "egress"
	network.all_ports(rule)
	not ipv4(rule)
	some address in rule.ipv6.items
	address.value == "::/0"
	count(dual_stack) > 0
	functions := {i | some g in rule.group.targets; some i in dual_stack[g]}
	count(functions) > 0
}

# AWS adds a rule to a group that CloudFormation creates without one.
deny contains {"at": group.egress.at, "message": $"{group.id}, a security group of {network.names(functions)}, has no egress rules, so AWS allows traffic on all ports to 0.0.0.0/0"} if {
	some g, group in input.security_groups
	group.type == "AWS::EC2::SecurityGroup"
	group.egress.absent
	not limited(g)
	functions := network.of_group[g]
}

# limited reports whether another resource is, or may be, an egress rule of the group, which replaces the one that AWS adds.
limited(g) if {
	some rule in input.security_group_rules
	rule.type == "AWS::EC2::SecurityGroupEgress"
	may_be_of(rule.group, g)
}

may_be_of(group, g) if g in group.targets

may_be_of(group, _) if {
	group.unknown
	count(group.targets) == 0
}

# dual_stack are, for every security group, the indices of the functions that have it and use IPv6.
dual_stack[g] contains i if {
	some g, functions in network.of_group
	some i in functions
	input.functions[i].vpc.ipv6.value == true
}

ipv4(rule) if {
	some address in rule.ipv4.items
	address.value == "0.0.0.0/0"
}
