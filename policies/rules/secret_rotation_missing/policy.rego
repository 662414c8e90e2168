# METADATA
# title: A secret is not replaced regularly
# description: |
#   A secret that leaks unnoticed is of use to others until it is replaced. Replaced regularly,
#   that is a matter of weeks.
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
#     Add a rotation schedule of at most 90 days.
package rules.secret_rotation_missing

deny contains {"at": secret.at, "message": $"{secret.id} is never replaced: it has no rotation"} if {
	some i, secret in input.secrets
	count(input.functions) > 0
	not secret.name.unknown # else it may be one that is replaced elsewhere
	not rotated(i)
}

deny contains {"at": rotation.days.at, "message": $"{rotation.id} replaces its secret only every {rotation.days.value} days"} if {
	some rotation in input.secret_rotations
	rotation.days.value > 90
}

rotated(i) if {
	some rotation in input.secret_rotations
	i in rotation.of.targets
}

# Nobody knows which secret it replaces: another resource may stand for it, like an attachment.
rotated(_) if {
	some rotation in input.secret_rotations
	count(rotation.of.targets) == 0
	rotation.of.unknown
}
