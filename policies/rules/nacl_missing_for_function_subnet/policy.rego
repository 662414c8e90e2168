# METADATA
# title: Function subnet has the default network ACL
# description: |
#   The network ACLs of the stack do not apply to the subnet: the default one, which AWS creates with
#   rules that allow everything, does.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
#     description: Default network ACL for a VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: nacl-missing-for-function-subnet
#   severity: info
#   category: network
#   profile: all
#   practices: [1c]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - CKV2_AWS_1
#   remediation: |
#     Associate a network ACL with the subnet.
package rules.nacl_missing_for_function_subnet

import data.lib.network

deny contains {"at": subnet.at, "message": $"{subnet.id} contains {network.names(functions)} and has none of the network ACLs of the stack"} if {
	count(input.network_acls) > 0
	some s, functions in network.of_subnet
	subnet := input.subnets[s]
	some v in subnet.vpc.targets
	some acl in input.network_acls
	v in acl.vpc.targets
	not associated(s)
}

# associated reports whether a subnet has, or may have, a network ACL of the stack.
associated(s) if {
	some acl in input.network_acls
	some subnet in acl.subnets.items
	may_be(subnet, s)
}

associated(_) if {
	some acl in input.network_acls
	acl.subnets.unknown
}

associated(s) if {
	some association in input.subnet_acls
	may_be(association.subnet, s)
}

may_be(subnet, s) if s in subnet.targets

may_be(subnet, _) if {
	subnet.unknown
	count(subnet.targets) == 0
}
