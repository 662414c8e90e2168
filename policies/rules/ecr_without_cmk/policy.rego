# METADATA
# title: Image repository is not encrypted with a KMS key
# description: |
#   ECR encrypts the images with a key of S3, whose use you cannot restrict or audit.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
#     description: Encryption at rest
# schemas:
#   - input: schema.stack
# custom:
#   id: ecr-without-cmk
#   severity: info
#   category: supply-chain
#   profile: all
#   practices: [12a]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - CKV_AWS_136
#     - Trivy AWS-0033
#     - KICS 0e32d561
#     - Terrascan AC_AWS_0461
#   remediation: |
#     Set the encryption type to `KMS`. This replaces the repository.
package rules.ecr_without_cmk

deny contains {"at": repository.encryption.at, "message": $"{repository.id} contains the image of a function and is not encrypted with a KMS key"} if {
	some i, repository in input.repositories
	i in used
	repository.encryption.value == "AES256"
}

# used are the repositories of the images of functions.
used contains i if {
	some fn in input.functions
	some i in fn.code.image_uri.targets
}
