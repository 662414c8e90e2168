# METADATA
# title: Function is in one Availability Zone only
# description: |
#   A failure of the Availability Zone, or the lack of free addresses in the subnet, stops the
#   function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html
#     description: Security Hub CSPM controls for Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-single-az
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [1a, 11d]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-1188]
#   peers:
#     - Security Hub Lambda.5
#     - Config LAMBDA_VPC_MULTI_AZ_CHECK
#     - Prowler awslambda_function_vpc_multi_az
#     - Steampipe lambda_function_multiple_az_configured
#   remediation: |
#     Put the function into subnets of at least two Availability Zones.
package rules.vpc_single_az

import data.lib.network
import data.lib.text

deny contains {"at": fn.vpc.subnets.at, "message": $"{fn.id} is in one Availability Zone only, that of {id}"} if {
	some fn in input.functions
	ids := network.subnet_ids(fn.vpc.subnets)
	count(ids) == 1
	some id in ids
}

deny contains {"at": fn.vpc.subnets.at, "message": $"{fn.id} is in one Availability Zone only: {text.names(ids)} are in {zone}"} if {
	some fn in input.functions
	ids := network.subnet_ids(fn.vpc.subnets)
	count(ids) > 1
	some zone in network.zones(fn.vpc.subnets)
	every subnet in fn.vpc.subnets.items {
		network.zone(subnet) == zone
	}
}
