# METADATA
# title: Inline code contains a secret
# description: |
#   Everyone who can read the template or the Lambda console can read inline code and the secrets in
#   it. The secret stays valid until it is revoked.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with Lambda functions
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
#     description: Secrets Manager best practices
# schemas:
#   - input: schema.stack
# custom:
#   id: inline-code-hardcoded-secret
#   severity: critical
#   category: secrets
#   profile: default
#   practices: [6a]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Prowler awslambda_function_no_secrets_in_code
#     - Prowler awslambda_layer_no_secrets_in_content
#   remediation: |
#     Revoke the secret and store its replacement in Secrets Manager or Parameter Store. Read it at
#     run time.
package rules.inline_code_hardcoded_secret

import data.lib.secrets

deny contains {"at": fn.code.inline.at, "message": $"{fn.id} has a secret in its inline code: it {secrets.what(fn.code.inline.secret)}"} if {
	some fn in input.functions
	fn.code.inline.secret
}

# The keys of the AWS documentation open nothing.
deny contains {"at": fn.code.inline.at, "message": $"{fn.id} has an example key of the AWS documentation in its inline code", "severity": "info"} if {
	some fn in input.functions
	fn.code.inline.example_key
}

deny contains {"at": archive.content.at, "message": $"{archive.id} has a secret in its code: it {secrets.what(archive.content.secret)}"} if {
	some archive in input.archives
	archive.content.secret
}

deny contains {"at": file.content.at, "message": $"{archive.id} has a secret in the code of {name}: it {secrets.what(file.content.secret)}", "key": $"{name}"} if {
	some archive in input.archives
	some file in archive.sources.items
	file.content.secret
	name := object.get(file.name, "value", "a file")
}

deny contains {"at": revision.inline.at, "message": $"{revision.id} has a secret in its inline code: it {secrets.what(revision.inline.secret)}"} if {
	some revision in input.web_revisions
	revision.inline.secret
}

deny contains {"at": vm.payload.at, "message": $"{vm.id} has a secret in the payload of its run hook: it {secrets.what(vm.payload.secret)}"} if {
	some vm in input.microvms
	vm.payload.secret
}
