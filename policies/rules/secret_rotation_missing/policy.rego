# METADATA
# title: Secret is not rotated at least every 90 days
# description: |
#   A leaked secret stays usable until it is rotated. With a rotation schedule, a leak that goes
#   unnoticed is useful to an attacker for weeks instead of years.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
#     description: Rotate AWS Secrets Manager secrets
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html
#     description: Security Hub controls for Secrets Manager
# schemas:
#   - input: schema.stack
# custom:
#   id: secret-rotation-missing
#   severity: low
#   category: secrets
#   profile: strict
#   practices: [7b]
#   since: v0.1.0
#   cwe: [CWE-324]
#   peers:
#     - CKV2_AWS_57
#     - CKV_AWS_304
#     - Guard SECRETSMANAGER_ROTATION_ENABLED_CHECK
#     - cdk-nag SecretsManagerRotationEnabled
#     - Security Hub SecretsManager.1
#     - Security Hub SecretsManager.4
#   remediation: |
#     Add a rotation schedule of at most 90 days (Terraform `aws_secretsmanager_secret_rotation`,
#     CloudFormation `AWS::SecretsManager::RotationSchedule`).
package rules.secret_rotation_missing

deny contains {"at": secret.at, "message": $"{secret.id} has no rotation schedule"} if {
	some i, secret in input.secrets
	count(input.functions) > 0
	not secret.name.unknown # a secret with an unknown name can be rotated elsewhere
	not rotated(i)
}

deny contains {"at": rotation.days.at, "message": $"{rotation.id} rotates its secret only every {rotation.days.value} days"} if {
	some rotation in input.secret_rotations
	rotation.days.value > 90
}

deny contains {"at": rotation.schedule.at, "message": $"{rotation.id} rotates its secret only with {rotation.schedule.value}"} if {
	some rotation in input.secret_rotations
	regex.match(seldom, rotation.schedule.value)
}

# seldom matches rates of more than 90 days.
seldom := `^rate\(\s*0*((9[1-9]|[1-9][0-9]{2,})\s+days?|(216[1-9]|21[7-9][0-9]|2[2-9][0-9]{2}|[3-9][0-9]{3}|[1-9][0-9]{4,})\s+hours?)\s*\)$`

rotated(i) if {
	some rotation in input.secret_rotations
	i in rotation.of.targets
}

# The secret of the rotation is unknown, for example because an attachment refers to it.
rotated(_) if {
	some rotation in input.secret_rotations
	count(rotation.of.targets) == 0
	rotation.of.unknown
}
