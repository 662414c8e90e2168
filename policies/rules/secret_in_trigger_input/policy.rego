# METADATA
# title: Secret in the input of an invocation or in an API key
# description: |
#   The template contains a secret in the text that a rule, a schedule or a deployment passes
#   to the function, or the value of an API key. It is readable by everyone who can read the
#   template, the Terraform state or the configuration of the rule, and stays valid until it is
#   revoked.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
#     description: Amazon EventBridge input transformation
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
#     description: Secrets Manager best practices
# schemas:
#   - input: schema.stack
# custom:
#   id: secret-in-trigger-input
#   severity: high
#   category: secrets
#   profile: default
#   practices: [6b, 7a]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers: []
#   remediation: |
#     Revoke the secret and store its replacement in Secrets Manager or Parameter Store. Pass
#     its name to the function. Let API Gateway generate the values of API keys.
package rules.secret_in_trigger_input

import data.lib.secrets

deny contains {"at": text.at, "message": $"{constant.id} has a secret in its input: it {secrets.what(text.secret)}"} if {
	some constant in input.constant_inputs
	some texts in [constant.inputs, constant.templates]
	some text in texts.items
	text.secret
}

deny contains {"at": key.value.at, "message": $"{key.id} has a hardcoded value"} if {
	some key in input.api_keys
	key.value.secret
}
