# METADATA
# title: Image repository is not scanned on push
# description: |
#   Known vulnerabilities in the packages of the image stay unnoticed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
#     description: Scan images for software vulnerabilities in Amazon ECR
# schemas:
#   - input: schema.stack
# custom:
#   id: ecr-scan-disabled
#   severity: medium
#   category: supply-chain
#   profile: all
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers:
#     - CKV_AWS_163
#     - Trivy AWS-0030
#     - KICS 9630336b
#     - KICS 9025b2b3
#     - Terrascan AC_AWS_0083
#     - cfn_nag W79
#     - Guard ECR_REPO_SCAN_ON_PUSH
#     - Security Hub ECR.1
#   remediation: |
#     Configure scanning for the registry (Terraform `aws_ecr_registry_scanning_configuration`), or
#     set scan on push for the repository.
package rules.ecr_scan_disabled

deny contains {"at": repository.scan_on_push.at, "message": $"{repository.id} contains the image of a function and is not scanned on push"} if {
	some i, repository in input.repositories
	i in used
	repository.scan_on_push.value == false
	count(input.registry_scans) == 0
}

# used are the repositories of the images of functions.
used contains i if {
	some fn in input.functions
	some i in fn.code.image_uri.targets
}
