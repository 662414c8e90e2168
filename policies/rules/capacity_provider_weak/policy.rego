# METADATA
# title: Capacity provider has no customer managed key
# description: |
#   The instances of a capacity provider store the code and the data of its functions on their disks.
#   Access to a key of AWS cannot be denied or ended. Broad policies of the operator role are reported
#   like those of execution roles.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-security.html
#     description: Security and permissions for Lambda Managed Instances
# schemas:
#   - input: schema.stack
# custom:
#   id: capacity-provider-weak
#   severity: low
#   category: encryption
#   profile: strict
#   practices: [12c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers: []
#   fix:
#     title: Encrypt the disks with the KMS key of this template
#     unsafe: the key policy must allow Lambda to use the key
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Set a customer managed key (`kms_key_arn`, `KmsKeyArn`).
package rules.capacity_provider_weak

deny contains {"at": provider.kms_key.at, "message": $"{provider.id} has no customer managed key: its disks are encrypted with a key of AWS"} if {
	some provider in input.capacity_providers
	provider.kms_key.absent
}
