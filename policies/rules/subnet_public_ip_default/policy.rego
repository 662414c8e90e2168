# METADATA
# title: Subnet of a function assigns public IP addresses
# description: |
#   Everything that is launched in the subnet gets a public IP address, but the network interfaces of
#   functions do not. Functions belong in subnets without public addresses.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
#     description: IP addressing for your VPCs and subnets
# schemas:
#   - input: schema.stack
# custom:
#   id: subnet-public-ip-default
#   severity: low
#   category: network
#   profile: strict
#   practices: [1a]
#   yields_to: [vpc-public-subnet]
#   since: v0.1.0
#   cwe: [CWE-668]
#   peers:
#     - Security Hub EC2.15
#     - CKV_AWS_130
#     - Trivy AWS-0164
#     - KICS 52f04a44
#     - cfn_nag W33
#     - Guard SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED
#   fix:
#     title: Switch public IP addresses off
#     set: false
#     unsafe: new instances in the subnet that rely on it get no public IP address
#   remediation: |
#     Switch the assignment off (Terraform `map_public_ip_on_launch`, CloudFormation
#     `MapPublicIpOnLaunch`), or put the function into private subnets.
package rules.subnet_public_ip_default

import data.lib.network

# vpc-public-subnet reports subnets that are connected with an internet gateway.
deny contains {"at": subnet.public_ip.at, "message": $"{subnet.id} assigns public IP addresses, and {network.names(functions)} is in it"} if {
	some s, subnet in input.subnets
	subnet.public_ip.value == true
	functions := network.of_subnet[s]
	not s in network.public_subnets
}
