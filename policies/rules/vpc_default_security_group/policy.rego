# METADATA
# title: Function uses the default security group
# description: |
#   Everything that is created in the VPC without a security group has the default group. Its members
#   accept traffic from each other, and a rule that another resource needs applies to the function, too.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
#     description: Default security groups for your VPCs
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-default-security-group
#   severity: medium
#   category: network
#   profile: default
#   practices: [1b]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Give the function a security group of its own that allows only the traffic that it needs.
package rules.vpc_default_security_group

import data.lib.network

deny contains {"at": group.at, "message": $"{fn.id} uses the default security group of its VPC"} if {
	some fn in input.functions
	some group in fn.vpc.security_groups.items
	network.default_group(group)
}
