# METADATA
# title: Package has no hash
# description: |
#   Terraform does not notice that the content of the package changed, so the function keeps the old
#   code.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
#     description: aws_lambda_function
# schemas:
#   - input: schema.stack
# custom:
#   id: source-code-hash-missing
#   severity: info
#   category: supply-chain
#   profile: all
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-353]
#   formats: [Terraform]
#   peers: []
#   remediation: |
#     Set `source_code_hash`, for example to `filebase64sha256("orders.zip")` or
#     `data.archive_file.orders.output_base64sha256`.
package rules.source_code_hash_missing

deny contains {"at": fn.code.hash.at, "message": $"{fn.id} has no source_code_hash: Terraform does not notice changes of the package"} if {
	some fn in input.functions
	startswith(fn.type, "aws_") # CloudFormation has no hash: a template changes only with the key or the version of the package
	fn.package_type.value == "Zip"
	packaged(fn.code)
	fn.code.hash.absent
	fn.code.s3_version.absent
}

packaged(code) if not code.path.absent

packaged(code) if not code.s3_key.absent
