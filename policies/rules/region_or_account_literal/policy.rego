# METADATA
# title: Code contains a region or an account ID
# description: |
#   Code with the region of a client or the ID of an account works in one environment only, and in another one
#   it may use the resources of the first.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: region-or-account-literal
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [11d]
#   since: v0.1.0
#   remediation: |
#     Read the region from AWS_REGION, which Lambda sets and the SDKs use by default, and ARNs from environment
#     variables.
package rules.region_or_account_literal

import data.lib.code

deny contains {"at": client.region.at, "message": $"{user} has a client of {service} for the region {region}"} if {
	some source in input.sources
	user := code.user(source)
	some client in source.clients.items
	service := client.service.value
	not service in of_one_region
	region := client.region.value
	regex.match(`^[a-z]{2}(-[a-z]+)+-\d$`, region)
}

deny contains {"at": account.at, "message": $"{user} contains the ID of the account {id}"} if {
	some source in input.sources
	user := code.user(source)
	some account in source.accounts.items
	id := account.id.value
}

# of_one_region are the services that have an endpoint in one region, or are not in every region.
# https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
of_one_region := {
	"account", "acm", "bedrock", "bedrock-agent", "bedrock-agent-runtime", "bedrock-runtime", "budgets", "ce", "chime", "cloudfront", "cost-explorer", "cur", "devicefarm",
	"ecr-public", "globalaccelerator", "health", "iam", "importexport", "marketplace-entitlement", "meteringmarketplace", "organizations", "pinpoint", "polly", "pricing",
	"rekognition", "route53", "route53domains", "savingsplans", "service-quotas", "ses", "sesv2", "shield", "support", "textract", "transcribe", "translate", "trustedadvisor", "waf", "wafv2",
}
