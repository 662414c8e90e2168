# METADATA
# title: Function is in a public subnet
# description: |
#   The network interfaces of functions have no public IP address, so the function cannot reach the
#   Internet through the internet gateway of the subnet. It shares the subnet with resources that can
#   be reached from the Internet.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
#     description: Enable internet access for VPC-connected Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-public-subnet
#   severity: low
#   category: network
#   profile: strict
#   practices: [1a]
#   since: v0.1.0
#   cwe: [CWE-668]
#   peers: []
#   remediation: |
#     Put the function into private subnets. If it needs the Internet, route their traffic through a NAT
#     gateway.
package rules.vpc_public_subnet

import data.lib.network
import data.lib.text

deny contains {"at": fn.vpc.subnets.at, "message": $"{fn.id} is in {text.names(public)}, which a route connects with an internet gateway"} if {
	count(network.public_subnets) > 0
	some fn in input.functions
	public := {text.resource(input.subnets[s].id) |
		some subnet in fn.vpc.subnets.items
		some s in subnet.targets
		s in network.public_subnets
	}
	count(public) > 0
}
