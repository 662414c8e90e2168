# METADATA
# title: Function is not in a VPC
# description: |
#   The function sends its traffic from the network of Lambda, which you can neither limit nor log. A
#   function that uses only public APIs of AWS needs no VPC.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
#     description: Giving Lambda functions access to resources in an Amazon VPC
# schemas:
#   - input: schema.stack
# custom:
#   id: function-not-in-vpc
#   severity: low
#   category: network
#   profile: all
#   practices: [1a]
#   since: v0.1.0
#   cwe: [CWE-668]
#   peers:
#     - CKV_AWS_117
#     - Terrascan AC_AWS_0486
#     - Steampipe lambda_function_in_vpc
#     - cfn_nag W89
#     - Guard LAMBDA_INSIDE_VPC
#     - cdk-nag LambdaInsideVPC
#     - Security Hub Lambda.3
#     - Config LAMBDA_INSIDE_VPC
#     - Prowler awslambda_function_inside_vpc
#     - CloudSploit lambdaVpcConfig
#   remediation: |
#     Attach the function to private subnets if it must reach private resources, or if its traffic must
#     be controlled.
package rules.function_not_in_vpc

import data.lib.trust

deny contains {"at": fn.vpc.at, "message": $"{fn.id} is not in a VPC"} if {
	some fn in input.functions
	fn.vpc.absent
	fn.capacity_provider.absent
	not trust.at_edge(fn)
}
