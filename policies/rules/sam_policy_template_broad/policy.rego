# METADATA
# title: SAM policy template allows actions on every resource
# description: |
#   Most SAM policy templates are restricted to one resource, but part of this one applies to every
#   resource of the account. Reviewers miss it easily, because the statement is not visible in the
#   template.
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
#   practices: [3b]
#   since: v0.1.0
#   formats: [SAM]
#   cwe: [CWE-250]
#   peers: []
#   remediation: |
#     Replace the policy template with an inline policy that lists the actions and resources that
#     the function uses, or with a narrower policy template. `TextractDetectAnalyzePolicy` and
#     `TextractGetResultPolicy` together replace `TextractPolicy`.
package rules.sam_policy_template_broad

import data.sam_policy_templates

deny contains {"at": policy.name.at, "key": policy.name.value, "message": $"{fn.id} has the SAM policy template {policy.name.value}, which {why}"} if {
	some fn in input.functions
	some policy in fn.sam_policies.items
	policy.kind.value == "template"
	why := sam_policy_templates.broad[policy.name.value]
}
