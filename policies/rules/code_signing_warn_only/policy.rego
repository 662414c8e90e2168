# METADATA
# title: Code signing configuration only warns
# description: |
#   Lambda deploys code whose signature is missing, expired, revoked or of another publisher, and
#   writes a log entry only.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
#     description: Using code signing to verify code integrity
# schemas:
#   - input: schema.stack
# custom:
#   id: code-signing-warn-only
#   severity: medium
#   category: supply-chain
#   profile: default
#   practices: [13a]
#   since: v0.1.0
#   cwe: [CWE-347]
#   peers: []
#   fix:
#     title: Reject untrusted code
#     unsafe: deployments of code without a valid signature fail
#     set: Enforce
#   remediation: |
#     Set the policy for untrusted artifacts (Terraform `untrusted_artifact_on_deployment`,
#     CloudFormation `UntrustedArtifactOnDeployment`) to `Enforce`.
package rules.code_signing_warn_only

deny contains {"at": config.untrusted_code.at, "message": $"{config.id} allows untrusted code: UntrustedArtifactOnDeployment is {config.untrusted_code.value}"} if {
	some config in input.signing_configs
	config.untrusted_code.value == "Warn"
}
