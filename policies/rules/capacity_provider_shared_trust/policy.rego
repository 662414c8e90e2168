# METADATA
# title: Public function shares instances with functions that have other roles
# description: |
#   Functions of one capacity provider run in containers on the same instances, and containers are
#   not a security boundary. An attacker who breaks out of the function that everyone can call
#   reaches the code, the data and the credentials of the others.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-security.html
#     description: Security and permissions for Lambda Managed Instances
# schemas:
#   - input: schema.stack
# custom:
#   id: capacity-provider-shared-trust
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [5c, 13d]
#   since: v0.1.0
#   cwe: [CWE-653]
#   peers: []
#   remediation: |
#     Give the public function a capacity provider of its own.
package rules.capacity_provider_shared_trust

import data.lib.lifecycle
import data.lib.shared
import data.lib.text

deny contains {"at": fn.capacity_provider.at, "message": $"{fn.id} is public and shares the instances of {provider} with {text.names(others)}, whose execution roles differ"} if {
	some i in lifecycle.public
	fn := input.functions[i]
	provider := providers[i]
	others := {input.functions[j].id |
		some j in users[provider]
		shared.roles[j] != shared.roles[i]
	}
	count(others) > 0
}

# providers are the capacity providers of functions: the id, or the ARN if the template does not declare it.
providers[i] := id if {
	some i, fn in input.functions
	ids := {input.capacity_providers[target].id | some target in fn.capacity_provider.targets}
	count(ids) == 1
	some id in ids
}

providers[i] := fn.capacity_provider.value if {
	some i, fn in input.functions
	count(fn.capacity_provider.targets) == 0
}

# users are the functions of each capacity provider.
users[provider] contains i if some i, provider in providers
