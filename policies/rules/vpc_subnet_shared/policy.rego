# METADATA
# title: Functions and other resources share a subnet
# description: |
#   Network ACLs and routes apply to a whole subnet, so they cannot be limited to what the functions
#   need.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-subnet-shared
#   severity: info
#   category: network
#   profile: all
#   practices: [1a]
#   since: v0.1.0
#   cwe: [CWE-1220]
#   peers: []
#   remediation: |
#     Give functions subnets of their own.
package rules.vpc_subnet_shared

import data.lib.network
import data.lib.text

deny contains {"at": subnet.at, "message": $"{subnet.id} contains {network.names(functions)} and {text.names(others)}"} if {
	some s, subnet in input.subnets
	functions := network.of_subnet[s]
	others := {text.resource(use.id) |
		some use in input.network_uses
		s in use.subnets.targets
		use.type in network.in_subnets
	}
	count(others) > 0
}
