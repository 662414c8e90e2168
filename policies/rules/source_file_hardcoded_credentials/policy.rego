# METADATA
# title: Code of a function contains a secret
# description: |
#   A secret in the code is in every package and version of the function and in the history of the
#   repository. Everyone who can read one of them can use it until it is revoked.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with Lambda functions
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
#     description: Secrets Manager best practices
# schemas:
#   - input: schema.stack
# custom:
#   id: source-file-hardcoded-credentials
#   severity: critical
#   category: secrets
#   profile: default
#   practices: [6a, 13d]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Prowler awslambda_function_no_secrets_in_code
#   remediation: |
#     Revoke the secret and store its replacement in Secrets Manager or Parameter Store. Read it at
#     run time.
package rules.source_file_hardcoded_credentials

import data.lib.code
import data.lib.secrets

deny contains {"at": text.at, "message": $"{user} has a secret in its code: it {secrets.what(text.text.secret)}"} if {
	some source in input.sources
	user := code.user(source)
	some text in source.texts.items
	text.text.secret
}
