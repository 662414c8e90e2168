# METADATA
# title: MicroVM image has no logs or all operating system capabilities
# description: |
#   Without logs neither a build nor a running MicroVM leaves a trace of an attack. With the
#   capability ALL the code in the MicroVM has every operating system capability, more than most
#   applications need; the MicroVM still isolates it from others, so this case is low. Secrets in
#   the environment are reported by the rules on environment variables.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-microvmimage.html
#     description: AWS::Lambda::MicrovmImage
# schemas:
#   - input: schema.stack
# custom:
#   id: microvm-image-weak
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [11c, 13e]
#   since: v0.1.0
#   cwe: [CWE-250]
#   remediation: |
#     Remove `Disabled` from the logging configuration and name a log group. Remove `ALL` from the
#     additional capabilities unless the application starts containers.
package rules.microvm_image_weak

deny contains {"at": image.logging_disabled.at, "key": "logging", "message": $"{image.id} disables the logs of its builds and of the MicroVMs"} if {
	some image in input.microvm_images
	image.logging_disabled.value == true
}

deny contains {"at": capability.at, "key": "ALL", "message": $"{image.id} gives MicroVMs all operating system capabilities (ALL)", "severity": "low"} if {
	some image in input.microvm_images
	some capability in image.capabilities.items
	capability.value == "ALL"
}
