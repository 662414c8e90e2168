# METADATA
# title: Resource policy of CloudWatch Logs is public
# description: |
#   Any AWS account can use the log groups that the policy names. Attackers can forge log
#   events, hide theirs among them, or read what the function logs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
#     description: Overview of managing access permissions to your CloudWatch Logs resources
# schemas:
#   - input: schema.stack
# custom:
#   id: log-resource-policy-open
#   severity: medium
#   category: observability
#   profile: strict
#   practices: [15b]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Set `Principal` to the service or the accounts that need access, and require
#     `aws:SourceArn` or `aws:SourceAccount` in a condition.
package rules.log_resource_policy_open

import data.lib.trust

deny contains {"at": principal.value.at, "message": $"{policy.id} allows anyone to use log groups: Principal is {principal.value.value}"} if {
	some policy in input.log_policies
	some statement in policy.statements.items
	some principal in statement.principals.items
	public(statement, principal)
}

# CloudFormation can write the policy into the log group.
deny contains {"at": principal.value.at, "message": $"{group.id} is public: Principal is {principal.value.value}"} if {
	some group in input.log_groups
	some statement in group.statements.items
	some principal in statement.principals.items
	public(statement, principal)
}

# public reports whether a statement allows everyone what it allows to a principal.
public(statement, principal) if {
	statement.effect.value == "Allow"
	trust.anyone(principal.kind.value, principal.value.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}
