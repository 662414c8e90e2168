# METADATA
# title: Application of the Serverless Application Repository has no version
# description: |
#   Without a version the stack is created from the newest one that the publisher has released,
#   which can contain other code and permissions than the one that was reviewed. SAM requires a
#   version.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverlessrepo/latest/devguide/serverlessrepo-how-to-consume.html
#     description: Deploying applications of the AWS Serverless Application Repository
# schemas:
#   - input: schema.stack
# custom:
#   id: sar-application-unpinned
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-1357]
#   formats: [Terraform]
#   remediation: |
#     Set `semantic_version` to the version that was reviewed.
package rules.sar_application_unpinned

deny contains {"at": application.version.at, "message": $"{application.id} has no semantic version: the newest version of the application is deployed"} if {
	some application in input.applications
	application.version.absent
}
