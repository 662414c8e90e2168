# METADATA
# title: Image repository is public
# description: |
#   Every AWS account can use the repository: read the images with their code, or replace them if
#   the statement allows pushing. A replaced image runs with the execution role of the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
#     description: Private repository policies in Amazon ECR
# schemas:
#   - input: schema.stack
# custom:
#   id: ecr-public-policy
#   severity: high
#   category: supply-chain
#   profile: default
#   practices: [2b, 13b]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - CKV_AWS_32
#     - Trivy AWS-0032
#     - KICS e86e26fc
#     - KICS 75be209d
#     - Terrascan AC_AWS_0084
#     - cdk-nag ECROpenAccess
#   remediation: |
#     Set `Principal` to the accounts that use the images, or require `aws:PrincipalOrgID` in a
#     condition. Lambda itself needs the service `lambda.amazonaws.com` with `aws:SourceArn`.
package rules.ecr_public_policy

import data.lib.trust

deny contains {"at": principal.value.at, "message": $"{repository.id} is public: its policy allows the principal {principal.value.value}"} if {
	some repository in input.repositories
	not trust.turned_away(repository.statements, using)
	some statement in repository.statements.items
	statement.effect.value == "Allow"
	not trust.narrowed(statement.conditions, trust.not_who)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

# using are the actions that read and replace images.
using := {"ecr:batchgetimage", "ecr:getdownloadurlforlayer", "ecr:putimage"}
