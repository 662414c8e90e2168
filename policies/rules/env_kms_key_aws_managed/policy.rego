# METADATA
# title: The environment names AWS's own key as the function's key
# description: |
#   The alias aws/lambda is the key that Lambda uses anyway. Nobody can limit or audit who decrypts
#   with it, so naming it changes nothing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
#     description: Securing Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-kms-key-aws-managed
#   severity: low
#   category: secrets
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers: []
#   remediation: |
#     Name a key of your own, or nothing.
package rules.env_kms_key_aws_managed

deny contains {"at": fn.kms_key.at, "message": $"{fn.id} names alias/aws/lambda, the key of AWS, as its key"} if {
	some fn in input.functions
	endswith(fn.kms_key.value, "alias/aws/lambda")
}

deny contains {"at": fn.kms_key.at, "message": $"{fn.id} names alias/aws/lambda, the key of AWS, as its key"} if {
	some fn in input.functions
	endswith(fn.kms_key.suffix, "alias/aws/lambda")
}
