# METADATA
# title: CI role can be assumed from any repository
# description: |
#   The OIDC identity provider of a CI system signs tokens for every repository that it hosts. A
#   trust policy that does not check the subject of the token, or accepts a wildcard for the
#   repository, allows third-party repositories to deploy. An attacker needs only a repository on
#   the same host.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
#     description: Create an OpenID Connect identity provider in IAM
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
#     description: Create a role for OpenID Connect federation
# schemas:
#   - input: schema.stack
# custom:
#   id: deploy-oidc-trust-broad
#   severity: critical
#   category: identity
#   profile: default
#   practices: [2b, 13e]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - CKV_AWS_358
#     - CKV_AWS_393
#   remediation: |
#     Compare the subject of the token (the `sub` claim) with the repository that deploys, and with
#     its branch or environment where possible. For GitHub Actions this is for example
#     `repo:acme/orders:ref:refs/heads/main`.
package rules.deploy_oidc_trust_broad

import data.lib.trust

hosts := {"token.actions.githubusercontent.com", "gitlab.com"}

# No condition narrows the callers, except one on the audience of the token.
deny contains {"at": principal.value.at, "message": $"{role.id} can be assumed from any repository on {host}: its trust policy does not limit the subject (sub)", "key": $"{host}"} if {
	some role in input.roles
	some statement in role.trust.items
	trust.hands_out(statement)
	trust.by_token(statement)
	some principal in statement.principals.items
	principal.kind.value == "Federated"
	some host in issuers(principal, statement.conditions)
	not limited(statement.conditions, {"aud"})
}

deny contains {"at": subject.at, "message": $"{role.id} can be assumed from unintended repositories on {host}: its trust policy accepts the wildcard subject {shown(subject)}", "key": $"{shown(subject)}", "severity": severity(subject)} if {
	some role in input.roles
	some statement in role.trust.items
	trust.hands_out(statement)
	not limited(statement.conditions, {"aud", "sub"})
	some i, condition in statement.conditions.items
	some host in hosts
	asks_subject(condition, host)
	some subject in condition.values.items
	accepts_any(host, condition.operator.value, subject)

	# All conditions must hold, so one that is narrow is enough.
	every j, other in statement.conditions.items {
		harmless(i, j, host, other)
	}
}

issuers(principal, _) := {host | some host in hosts; host == trust.provider(principal.value.value)} if principal.value.value

# The ARN of a provider in the same stack is unknown until deployment. Conditions name it, too.
issuers(principal, conditions) := ends | named if {
	principal.value.unknown
	ends := {host | some host in hosts; host == trust.provider(principal.value.suffix)}
	named := {host | some host in hosts; some condition in conditions.items; host == trust.issuer(lower(condition.key.value))}
}

# limited reports whether a condition checks, or may check, more than the given claims.
limited(conditions, _) if conditions.unknown

limited(conditions, claims) if {
	some condition in conditions.items
	not trust.limits_nothing(condition, trust.not_who)
	not trust.claim(lower(condition.key.value)) in claims
}

# The other definition of deny reports subjects with wildcards.
limited(conditions, claims) if {
	not "sub" in claims
	some condition in conditions.items
	trust.claim(lower(condition.key.value)) == "sub"
	not regex.match(`(?i)not|^null$`, condition.operator.value)
}

asks_subject(condition, host) if lower(condition.key.value) == $"{host}:sub"

accepts_any(host, operator, subject) if {
	pattern_operator(operator)
	trust.any_repository(host, subject.value)
}

# The name of the organization is often inserted at deployment.
accepts_any(_, operator, subject) if {
	pattern_operator(operator)
	subject.prefix in {"repo:", "project_path:"}
	subject.suffix == "/*"
}

pattern_operator(operator) if regex.match(`(?i)^(for(anyvalue|allvalues):)?stringlike(ifexists)?$`, operator)

# severity is lower for all repositories of one organization: only its members can use the role.
severity(subject) := "medium" if of_one_owner(subject)

severity(subject) := "critical" if not of_one_owner(subject)

of_one_owner(subject) if regex.match(`^(repo|project_path):[^:/*?]+/`, subject.value)

of_one_owner(subject) if {
	subject.unknown
	subject.suffix == "/*"
}

shown(subject) := subject.value

shown(subject) := $"{subject.prefix}…{subject.suffix}" if subject.unknown

harmless(i, i, _, _)

harmless(_, _, host, other) if not asks_subject(other, host)

harmless(_, _, _, other) if regex.match(`(?i)not|^null$`, other.operator.value)

harmless(_, _, host, other) if {
	some subject in other.values.items
	accepts_any(host, other.operator.value, subject)
}
