# METADATA
# title: Execution role trusts principals other than Lambda
# description: |
#   Every other trusted principal can act with the permissions of the function: another service with
#   a configuration that a third party controls, or users and pipelines that need permissions for
#   another purpose. The audit log shows the same role for all of them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
#     description: AWS JSON policy elements, Principal
# schemas:
#   - input: schema.stack
# custom:
#   id: role-trust-extra-principals
#   severity: medium
#   category: identity
#   profile: default
#   practices: [3e, 5b]
#   yields_to: [deploy-oidc-trust-broad]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   fix:
#     title: Remove the other principal from the trust policy
#     unsafe: other principals that use the role lose access
#     remove: one-of
#   remediation: |
#     Trust only `lambda.amazonaws.com`, and `edgelambda.amazonaws.com` for Lambda@Edge functions.
#     Give the other service, user or pipeline its own role.
package rules.role_trust_extra_principals

import data.lib.grants
import data.lib.trust

deny contains {"at": principal.value.at, "key": principal.value.value, "message": $"{role.id} ({grants.purpose[i]}) also trusts {principal.value.value}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.trust.items
	trust.hands_out(statement)
	some principal in statement.principals.items
	extra(principal.kind.value, principal.value.value)
}

# The region or the suffix of a service principal is often unknown until deployment.
deny contains {"at": principal.value.at, "key": "another service", "message": $"{role.id} ({grants.purpose[i]}) also trusts another service"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.trust.items
	trust.hands_out(statement)
	some principal in statement.principals.items
	principal.kind.value == "Service"
	contains(principal.value.prefix, ".")
	extra("Service", principal.value.prefix)
}

# An unknown principal of these kinds is never a service.
deny contains {"at": principal.value.at, "key": $"{who[principal.kind.value]}", "message": $"{role.id} ({grants.purpose[i]}) also trusts {who[principal.kind.value]}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.trust.items
	not statement.unknown
	trust.hands_out(statement)
	some principal in statement.principals.items
	principal.value.unknown
	who[principal.kind.value]
}

who := {"AWS": "an AWS principal", "Federated": "an identity provider"}

extra("Service", principal) if {
	not trust.lambda(principal)
	not trust.edge(principal)
}

# role-trust-public reports the principal *.
extra(kind, principal) if {
	who[kind]
	principal != "*"
}
