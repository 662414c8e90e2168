# METADATA
# title: SAM policy template grants more than its name says
# description: |
#   Most policy templates are limited to one resource. This one is not: part of it holds for all
#   resources of the account, which is easy to miss because the statement is not in the template.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html
#     description: AWS SAM policy templates
# schemas:
#   - input: schema.stack
# custom:
#   id: sam-policy-template-broad
#   severity: medium
#   category: identity
#   profile: default
#   since: v0.1.0
#   formats: [SAM]
#   cwe: [CWE-250]
#   peers: []
#   remediation: |
#     Write an inline policy with the actions and resources that the function uses, or take a
#     narrower template. TextractDetectAnalyzePolicy and TextractGetResultPolicy together replace
#     TextractPolicy.
package rules.sam_policy_template_broad

import data.sam_policy_templates

deny contains {"at": policy.name.at, "message": $"{fn.id} has {policy.name.value}, which {why}"} if {
	some fn in input.functions
	some policy in fn.sam_policies.items
	policy.kind.value == "template"
	why := sam_policy_templates.broad[policy.name.value]
}
