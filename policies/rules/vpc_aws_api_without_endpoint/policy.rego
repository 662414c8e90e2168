# METADATA
# title: Function in a VPC uses AWS services without a VPC endpoint
# description: |
#   Requests to the service leave the VPC through a NAT gateway, or fail if there is none. An endpoint
#   keeps them in the network of AWS, and its policy limits which resources can be used.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
#     description: AWS services that integrate with AWS PrivateLink
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-aws-api-without-endpoint
#   severity: info
#   category: network
#   profile: all
#   practices: [1d]
#   since: v0.1.0
#   cwe: [CWE-923]
#   peers: []
#   remediation: |
#     Add a gateway endpoint for Amazon S3 and DynamoDB and interface endpoints for other services.
package rules.vpc_aws_api_without_endpoint

import data.lib.network
import data.lib.permitted
import data.lib.text

deny contains {"at": fn.vpc.at, "message": $"{fn.id} uses {text.names(services)} in {vpc.id}, which has no endpoint for that"} if {
	some v, functions in network.of_vpc
	vpc := input.vpcs[v]
	some i in functions
	fn := input.functions[i]
	permitted.role(fn)
	some r in fn.role.targets
	used := used_by[r]
	services := {service | some service in used; not reachable(v, service)}
	count(services) > 0
}

# used_by are, for every role, the services that functions with it certainly use themselves. Lambda uses other services in
# its own network to poll event sources and to send events to destinations.
used_by[r] contains service if {
	some r, role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	[service, name] := split(lower(action.value), ":")
	service in {"dynamodb", "s3", "secretsmanager", "ssm", "states"}
	not name in {"describestream", "getrecords", "getshard*", "getsharditerator", "liststreams"}
}

# reachable reports whether a VPC has, or may have, an endpoint for a service.
reachable(v, service) if {
	some endpoint in input.vpc_endpoints
	may_be_in(endpoint.vpc, v)
	may_be_for(endpoint.service, service)
}

may_be_in(vpc, v) if v in vpc.targets

may_be_in(vpc, _) if {
	vpc.unknown
	count(vpc.targets) == 0
}

may_be_for(name, service) if endswith(name.value, $".{service}")

may_be_for(name, service) if endswith(name.suffix, $".{service}")

may_be_for(name, _) if {
	name.unknown
	not contains(object.get(name, "suffix", ""), ".")
}
