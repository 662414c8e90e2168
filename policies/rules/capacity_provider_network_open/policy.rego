# METADATA
# title: Capacity provider or network connector is in a weak network
# description: |
#   The instances of a capacity provider and the MicroVMs behind a network connector run in your VPC,
#   where other resources can connect to them. Containers on the instances do not separate functions
#   from each other.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html
#     description: Capacity providers for Lambda Managed Instances
# schemas:
#   - input: schema.stack
# custom:
#   id: capacity-provider-network-open
#   severity: medium
#   category: network
#   profile: strict
#   practices: [1a, 1b]
#   since: v0.1.0
#   cwe: [CWE-923]
#   peers: []
#   remediation: |
#     Give it a security group of its own without ingress rules, and subnets in at least two
#     Availability Zones.
package rules.capacity_provider_network_open

import data.lib.network

deny contains {"at": group.at, "message": $"{user.id} uses the default security group of its VPC"} if {
	some user in users
	some group in user.vpc.security_groups.items
	network.default_group(group)
}

deny contains {"at": provider.vpc.security_groups.at, "message": $"{provider.id} has no security group, so its instances have the default one of the VPC"} if {
	some provider in input.capacity_providers
	not provider.vpc.absent
	not provider.vpc.security_groups.unknown
	count(provider.vpc.security_groups.items) == 0
}

deny contains {"at": group.at, "message": $"{user.id} has the security group {id}, which accepts connections from any address"} if {
	count(open) > 0
	some user in users
	some group in user.vpc.security_groups.items
	some g in group.targets
	g in open
	id := input.security_groups[g].id
}

deny contains {"at": user.vpc.subnets.at, "message": $"{user.id} is in one Availability Zone only, that of {id}"} if {
	some user in users
	ids := network.subnet_ids(user.vpc.subnets)
	count(ids) == 1
	some id in ids
}

users contains {"id": provider.id, "vpc": provider.vpc} if some provider in input.capacity_providers

users contains {"id": connector.id, "vpc": connector.vpc} if some connector in input.network_connectors

# open are the security groups that accept connections from any address.
open contains g if {
	some g, group in input.security_groups
	some rule in group.ingress.items
	not rule.unknown
	from_anywhere(rule)
}

open contains g if {
	some rule in input.security_group_rules
	rule.direction.value == "ingress"
	from_anywhere(rule)
	some g in rule.group.targets
}

from_anywhere(rule) if {
	some address in rule.ipv4.items
	address.value == "0.0.0.0/0"
}

from_anywhere(rule) if {
	some address in rule.ipv6.items
	address.value == "::/0"
}
