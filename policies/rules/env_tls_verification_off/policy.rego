# METADATA
# title: Environment variable disables TLS verification or enables a debugger
# description: |
#   Without verification of certificates, an attacker in the network can read and change every
#   request of the function. Debug modes of frameworks return source code, configuration and
#   environment variables to callers.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-tls-verification-off
#   severity: high
#   category: supply-chain
#   profile: default
#   practices: [7d, 13d]
#   since: v0.1.0
#   cwe: [CWE-295]
#   peers: []
#   fix:
#     title: Remove the variable
#     unsafe: connections to servers with an invalid certificate fail, and the code may use the variable
#     remove: entry
#   remediation: |
#     Remove the variable. Add the certificate authority of an internal service to the trust store
#     instead, for example with `NODE_EXTRA_CA_CERTS` or `REQUESTS_CA_BUNDLE`.
package rules.env_tls_verification_off

import data.lib.environments

deny contains {"at": variable.at, "message": $"{id} disables the verification of TLS certificates: {variable.key} is {shown(variable.value)}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	regex.match(unverified[variable.key], lower(variable.value))
}

deny contains {"at": variable.at, "message": $"{id} runs in debug mode: {variable.key} is {variable.value}", "key": variable.key, "severity": "medium"} if {
	some id, variables in environments.variables
	some variable in variables
	variable.key in debugging
	regex.match(`^(1|true|yes|on)$`, lower(variable.value))
}

shown(value) := value if value != ""

shown("") := "empty"

# unverified are the values of variables, in small letters, that disable the verification.
unverified := {
	"NODE_TLS_REJECT_UNAUTHORIZED": `^0$`, # https://nodejs.org/api/cli.html
	"PYTHONHTTPSVERIFY": `^0$`, # https://peps.python.org/pep-0493/
	"GIT_SSL_NO_VERIFY": `^(1|true|yes|on)$`, # https://git-scm.com/book/en/v2/Git-Internals-Environment-Variables
	"CURL_INSECURE": `^(1|true|yes|on)$`,
	"REQUESTS_CA_BUNDLE": `^(/dev/null)?$`, # https://requests.readthedocs.io/en/latest/user/advanced/
	"CURL_CA_BUNDLE": `^(/dev/null)?$`,
	"SSL_CERT_FILE": `^/dev/null$`,
}

# debugging are the switches of the debug modes of Flask and Django.
debugging := {"FLASK_DEBUG", "DJANGO_DEBUG"}
