# METADATA
# title: Function has no tags
# description: |
#   Tags name the owner of a function, the data that it processes and its cost center. Without them an
#   incident starts with a search for the owner.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
#     description: Using tags on Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: function-untagged
#   severity: info
#   category: reliability
#   profile: all
#   practices: [4a]
#   since: v0.1.0
#   cwe: [CWE-1059]
#   peers:
#     - KICS 8df8e857
#     - KICS a71ecabe
#     - CloudSploit lambdaHasTags
#     - Security Hub Lambda.6
#   remediation: |
#     Tag the function, or set tags for all resources (Terraform `default_tags`, SAM `Globals`).
package rules.function_untagged

deny contains {"at": fn.tags.at, "message": $"{fn.id} has no tags"} if {
	some fn in input.functions
	no_tags(fn.tags)
}

no_tags(tags) if tags.absent

no_tags(tags) if {
	not tags.unknown
	count(tags.items) == 0
}
