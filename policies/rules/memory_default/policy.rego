# METADATA
# title: Memory is not set
# description: |
#   Without a memory size, the function has 128 MB and a small share of a processor, because Lambda
#   allocates both together. Most functions run faster, and often cheaper, with more.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
#     description: Configure Lambda function memory
# schemas:
#   - input: schema.stack
# custom:
#   id: memory-default
#   severity: info
#   category: reliability
#   profile: all
#   practices: [11b]
#   since: v0.1.0
#   cwe: [CWE-400]
#   peers:
#     - serverless-rules aws_lambda_function_default_memory
#     - serverless-rules ES1005
#     - cdk-nag LambdaDefaultMemorySize
#   remediation: |
#     Measure the function and set its memory (`memory_size`, `MemorySize`).
package rules.memory_default

deny contains {"at": fn.memory.at, "message": $"{fn.id} has no memory size: Lambda gives it 128 MB"} if {
	some fn in input.functions
	fn.memory.absent
	fn.capacity_provider.absent # on managed instances functions have at least 2048 MB
}
