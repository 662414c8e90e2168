# METADATA
# title: VPC endpoint has a full-access policy
# description: |
#   Through the endpoint, code in the VPC can use every resource of the service, also those of other
#   accounts and with credentials of other accounts, for example to copy data out.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
#     description: Control access to VPC endpoints using endpoint policies
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-endpoint-policy-open
#   severity: low
#   category: network
#   profile: strict
#   practices: [1d, 2a]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Limit the policy of the endpoint to the actions and resources that are needed, or to the
#     organization with the conditions `aws:PrincipalOrgID` and `aws:ResourceOrgID`.
package rules.vpc_endpoint_policy_open

import data.lib.network
import data.lib.trust

# Without a policy, AWS allows everything.
deny contains {"at": endpoint.statements.at, "message": $"{endpoint.id} has no policy, so it allows every principal to use every resource of the service {service}"} if {
	some endpoint in input.vpc_endpoints
	endpoint.statements.absent
	endpoint.kind.value in {"Gateway", "Interface"}
	some service in names(endpoint)
	service in with_policies
	reached(endpoint, service)
}

deny contains {"at": statement.at, "message": $"{endpoint.id} allows every principal to use every resource of the service {service}"} if {
	some endpoint in input.vpc_endpoints
	not endpoint.statements.unknown
	not denies(endpoint)
	some statement in endpoint.statements.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
	some action in statement.actions.items
	regex.match(`^([a-z0-9-]+:)?\*+$`, action.value)
	some resource in statement.resources.items
	resource.value == "*"
	not trust.narrowed(statement.conditions, trust.not_who)
	some service in names(endpoint)
	reached(endpoint, service)
}

denies(endpoint) if {
	some statement in endpoint.statements.items
	not statement.effect.value == "Allow"
}

# names are the last part of the name of the service, as far as it is known.
names(endpoint) := {name |
	some part in ["value", "suffix"]
	some match in regex.find_all_string_submatch_n(`\.([a-z0-9-]+)$`, endpoint.service[part], 1)
	name := match[1]
}

# with_policies are services that functions often use and whose endpoints have policies.
# https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
with_policies := {"dynamodb", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs", "sts"}

# reached reports whether an endpoint is for functions or used by some.
reached(_, service) if service == "lambda"

reached(endpoint, _) if {
	some v in endpoint.vpc.targets
	network.of_vpc[v]
}

reached(endpoint, _) if {
	some subnet in endpoint.subnets.items
	some s in subnet.targets
	network.of_subnet[s]
}
