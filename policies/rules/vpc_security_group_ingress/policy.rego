# METADATA
# title: Security group of a function has ingress rules
# description: |
#   Functions accept no connections in a VPC, so the rules have no effect for them. Often they were
#   meant for the target of the function; on anything else that gets the group later, they open ports.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-security-group-ingress
#   severity: low
#   category: network
#   profile: strict
#   practices: [1b]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Remove the rules. To let the function connect to a database or file system, add an ingress rule to
#     the security group of that, with the group of the function as source.
package rules.vpc_security_group_ingress

import data.lib.network

deny contains {"at": group.ingress.at, "message": $"{group.id} has ingress rules, but only {network.names(functions)} uses it, and functions accept no connections"} if {
	some g in own
	group := input.security_groups[g]
	some rule in group.ingress.items
	not rule.unknown
	functions := network.of_group[g]
	not g in used
}

deny contains {"at": rule.at, "message": $"{rule.id} allows traffic to {network.names(functions)}, but functions accept no connections"} if {
	some rule in input.security_group_rules
	rule.direction.value == "ingress"
	some g, functions in network.of_group
	not g in used
	g in rule.group.targets
	g in own
}

# own are the security groups that the template declares. What else uses those of data sources is not visible.
own contains g if {
	some g, group in input.security_groups
	group.type in {"aws_security_group", "AWS::EC2::SecurityGroup"}
}

# used are the security groups that something else refers to.
used contains g if {
	some use in input.network_uses
	some g in use.security_groups.targets
}
