# METADATA
# title: Code never reads a secret of the environment
# description: |
#   A secret in the environment is visible to everyone who can read the configuration of the function,
#   and to every dependency of its code. This one is not even used.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-secret-never-read
#   severity: low
#   category: secrets
#   profile: strict
#   practices: [6b]
#   yields_to: [env-secret-resolved-plaintext]
#   since: v0.1.0
#   cwe: [CWE-526]
#   remediation: |
#     Remove the variable from the environment of the function.
package rules.env_secret_never_read

deny contains {"at": entry.at, "key": entry.key, "message": $"{fn.id} has the environment variable {entry.key}, which its code never reads"} if {
	some fn in input.functions
	fn.layers.absent
	some i in fn.source.targets
	source := input.sources[i]
	source.handler.value
	not source.variables.unknown
	source.reads_all.value == false
	some entry in fn.environment.variables.items
	regex.match(secret, entry.key)
	not regex.match(`(?i)(arn|id|name|path|url|uri|table|region|expir|ttl|timeout|length|header|type|count|limit|max|min|size|topic|queue|bucket|key_?alias)(_|$)`, entry.key)
	not regex.match(`^(AWS|DD|OTEL|NODE|NPM|PYTHON|POWERTOOLS|NEW_RELIC|SENTRY|LUMIGO|PARAMETERS_SECRETS)_`, entry.key)
	every variable in source.variables.items {
		variable.name.value != entry.key
	}
}

# secret matches names of secrets.
secret := `(?i)(secret|passw(or)?d|pwd|token|api_?key|private_?key|access_?key|credential)`
