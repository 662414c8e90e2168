# METADATA
# title: Network ACL of a function subnet allows all inbound traffic
# description: |
#   The network ACL does not limit who can send traffic to the subnet, so only security groups protect
#   what is in it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
#     description: Control subnet traffic with network access control lists
# schemas:
#   - input: schema.stack
# custom:
#   id: nacl-unrestricted
#   severity: low
#   category: network
#   profile: strict
#   practices: [1c]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - CKV_AWS_352
#     - CKV_AWS_229
#     - CKV_AWS_230
#     - CKV_AWS_231
#     - CKV_AWS_232
#     - Trivy AWS-0102
#     - Trivy AWS-0105
#     - cfn_nag W66
#     - cfn_nag W71
#     - KICS 3af7f2fd
#     - KICS a20be318
#   remediation: |
#     Allow only the return traffic of functions (ports 1024 to 65535) and the ranges and ports that
#     other resources in the subnet need.
package rules.nacl_unrestricted

import data.lib.network

deny contains {"at": rule.at, "message": $"{acl.id}, the network ACL of the subnet of {network.names(functions)}, allows all inbound traffic from any address"} if {
	some n, acl in input.network_acls
	functions := of_acl[n]
	some rule in acl.ingress.items
	rule.action.value == "allow"
	unrestricted(rule)
	not acl.ingress.unknown
	not denies(n)
}

deny contains {"at": entry.at, "message": $"{entry.id} allows all inbound traffic from any address to the subnet of {network.names(functions)}"} if {
	some entry in input.network_acl_entries
	entry.egress.value == false
	entry.action.value == "allow"
	unrestricted(entry)
	some n in entry.acl.targets
	functions := of_acl[n]
	not input.network_acls[n].ingress.unknown
	not denies(n)
}

# of_acl are, for every network ACL, the indices of the functions in its subnets.
of_acl[n] contains i if {
	some n, acl in input.network_acls
	some subnet in acl.subnets.items
	some s in subnet.targets
	some i in network.of_subnet[s]
}

of_acl[n] contains i if {
	some association in input.subnet_acls
	some n in association.acl.targets
	some s in association.subnet.targets
	some i in network.of_subnet[s]
}

unrestricted(rule) if {
	network.all_ports(rule)
	anyone(rule)
}

anyone(rule) if rule.ipv4.value == "0.0.0.0/0"

anyone(rule) if rule.ipv6.value == "::/0"

# denies reports whether a rule of a network ACL refuses, or may refuse, some of the inbound traffic.
denies(n) if {
	some rule in input.network_acls[n].ingress.items
	not rule.action.value == "allow"
}

denies(n) if {
	some entry in input.network_acl_entries
	not entry.egress.value == true
	not entry.action.value == "allow"
	may_be_of(entry.acl, n)
}

may_be_of(acl, n) if n in acl.targets

may_be_of(acl, _) if {
	acl.unknown
	count(acl.targets) == 0
}
