# METADATA
# title: Log group does not mask sensitive data
# description: |
#   Personal data and credentials that the function logs by mistake are readable by everyone
#   who may read the logs. A data protection policy masks what it recognizes.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
#     description: Help protect sensitive log data with masking
# schemas:
#   - input: schema.stack
# custom:
#   id: log-data-protection-missing
#   severity: info
#   category: observability
#   profile: all
#   practices: [15b]
#   since: v0.1.0
#   cwe: [CWE-532]
#   peers: []
#   remediation: |
#     Add a data protection policy to the log group
#     (`aws_cloudwatch_log_data_protection_policy`, `DataProtectionPolicy`) or to the
#     account.
package rules.log_data_protection_missing

import data.lib.logs

deny contains {"at": group.data_protection.at, "message": $"{group.id} has no data protection policy"} if {
	some g in logs.of_functions
	group := input.log_groups[g]
	group.class.value == "STANDARD" # the other classes mask nothing
	group.data_protection.absent
	not logs.for_account("DATA_PROTECTION_POLICY")
}
