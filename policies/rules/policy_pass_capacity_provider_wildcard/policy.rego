# METADATA
# title: Policy allows passing every capacity provider
# description: |
#   Functions of one capacity provider are not isolated from each other. `lambda:PassCapacityProvider`
#   decides which functions may join one: on every capacity provider it lets a new function run on the
#   instances of the most sensitive ones. `lambda:*` is reported by policy-service-wildcard.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-security.html
#     description: Security and permissions for Lambda Managed Instances
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-pass-capacity-provider-wildcard
#   severity: medium
#   category: identity
#   profile: default
#   practices: [2b, 3b]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers: []
#   remediation: |
#     Restrict the statement to the capacity providers that the deployed functions use, by ARN or by
#     the beginning of the name.
package rules.policy_pass_capacity_provider_wildcard

import data.iam_risks
import data.lib.grants

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every capacity provider"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.capacity)) > 0
}
