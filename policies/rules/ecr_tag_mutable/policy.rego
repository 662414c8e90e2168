# METADATA
# title: Tags of the image repository can be moved
# description: |
#   A principal that can push to the repository can move a tag to another image, which the next
#   deployment runs with the execution role of the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
#     description: Preventing image tags from being overwritten in Amazon ECR
# schemas:
#   - input: schema.stack
# custom:
#   id: ecr-tag-mutable
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-494]
#   peers:
#     - CKV_AWS_51
#     - Trivy AWS-0031
#     - KICS d1846b12
#     - KICS 33f41d31
#     - Security Hub ECR.2
#   fix:
#     title: Make the tags immutable
#     unsafe: pushing an image with an existing tag fails
#     set: IMMUTABLE
#   remediation: |
#     Set the tag mutability (Terraform `image_tag_mutability`, CloudFormation `ImageTagMutability`)
#     to `IMMUTABLE`.
package rules.ecr_tag_mutable

deny contains {"at": repository.tag_mutability.at, "message": $"{repository.id} contains the image of a function and has mutable tags: the tag mutability is {repository.tag_mutability.value}"} if {
	some i, repository in input.repositories
	i in used
	repository.tag_mutability.value in {"MUTABLE", "MUTABLE_WITH_EXCLUSION"}
}

# used are the repositories of the images of functions.
used contains i if {
	some fn in input.functions
	some i in fn.code.image_uri.targets
}
