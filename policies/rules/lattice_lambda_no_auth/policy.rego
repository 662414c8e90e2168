# METADATA
# title: VPC Lattice service forwards to a function without authentication
# description: |
#   With the auth type NONE, every client in the VPCs of the service network can invoke the function
#   through the service, also those of other accounts that share the network.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
#     description: Control access to VPC Lattice services using auth policies
# schemas:
#   - input: schema.stack
# custom:
#   id: lattice-lambda-no-auth
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-306]
#   remediation: |
#     Set `auth_type` (`AuthType`) of the service, or of its service networks, to `AWS_IAM` and add
#     an auth policy.
package rules.lattice_lambda_no_auth

deny contains {"at": service.auth_type.at, "message": $"{service.id} forwards requests to a function without authentication: its auth type is NONE"} if {
	some i, service in input.lattice_services
	service.auth_type.value == "NONE"
	i in of_functions
	not guarded(i)
}

# of_functions are the services that forward requests to functions, by the default action of a listener or by a rule.
of_functions contains i if {
	some route in input.lattice_routes
	some group in route.target_groups.items
	some g in group.targets
	input.lattice_target_groups[g].target_type.value == "LAMBDA"
	some i in route.service.targets
}

# guarded reports whether a network of the service authenticates callers, or may do so.
guarded(i) if {
	some association in input.lattice_associations
	i in association.service.targets
	not open_network(association.network)
}

guarded(_) if {
	some association in input.lattice_associations
	count(association.service.targets) == 0
	not open_network(association.network)
}

open_network(network) if {
	some n in network.targets
	input.lattice_networks[n].auth_type.value == "NONE"
}
