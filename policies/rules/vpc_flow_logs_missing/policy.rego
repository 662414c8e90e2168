# METADATA
# title: VPC of a function has no flow log
# description: |
#   After an incident, nothing shows which connections the function made.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
#     description: Logging IP traffic using VPC Flow Logs
# schemas:
#   - input: schema.stack
# custom:
#   id: vpc-flow-logs-missing
#   severity: low
#   category: observability
#   profile: strict
#   practices: [1d, 15e]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - CKV2_AWS_11
#     - Trivy AWS-0178
#     - KICS f83121ea
#     - KICS f6d299d2
#     - Terrascan AC_AWS_0369
#     - cfn_nag W60
#     - cdk-nag VPCFlowLogsEnabled
#     - Security Hub EC2.6
#   remediation: |
#     Add a flow log for the VPC (`aws_flow_log`, `AWS::EC2::FlowLog`).
package rules.vpc_flow_logs_missing

import data.lib.network

deny contains {"at": vpc.at, "message": $"{vpc.id} contains {network.names(functions)} and has no flow log"} if {
	some v, functions in network.of_vpc
	vpc := input.vpcs[v]
	not logged(v)
}

# logged reports whether the traffic of a VPC, or of a subnet in it, is recorded or may be.
logged(v) if {
	some log in input.flow_logs
	may_be_of(log, v)
}

may_be_of(log, v) if v in log.vpc.targets

may_be_of(log, v) if {
	some s in log.subnet.targets
	v in input.subnets[s].vpc.targets
}

may_be_of(log, _) if {
	log.vpc.unknown
	count(log.vpc.targets) == 0
	count(log.subnet.targets) == 0
}
