# METADATA
# title: User pool that authorizes API requests has weak authentication
# description: |
#   The tokens of the user pool give access to the API. Without MFA, or with short passwords, a
#   stolen or guessed password is enough to obtain them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
#     description: Adding MFA to a user pool
# schemas:
#   - input: schema.stack
# custom:
#   id: cognito-trigger-pool-weak
#   severity: low
#   category: identity
#   profile: strict
#   practices: [8a, 14b]
#   since: v0.1.0
#   cwe: [CWE-308]
#   peers:
#     - KICS ec28bf61
#     - KICS 74a18d1a
#     - cdk-nag CognitoUserPoolStrongPasswordPolicy
#     - cdk-nag CognitoUserPoolMFA
#   remediation: |
#     Set `mfa_configuration` (`MfaConfiguration`) to OPTIONAL or ON with a software token, and
#     require at least 8 characters. If all users sign in through another identity provider,
#     suppress the finding.
package rules.cognito_trigger_pool_weak

deny contains {"at": pool.mfa.at, "message": $"{pool.id} authorizes requests without MFA: MFA is OFF"} if {
	some i, pool in input.user_pools
	pool.mfa.value == "OFF"
	i in authorizing
}

deny contains {"at": pool.password_length.at, "message": $"{pool.id} authorizes requests and accepts passwords of {pool.password_length.value} characters"} if {
	some i, pool in input.user_pools
	pool.password_length.value < 8
	i in authorizing
}

authorizing contains i if {
	some authorizer in input.authorizers
	some provider in authorizer.providers.items
	some i in provider.targets
}

authorizing contains i if {
	some authorizer in input.authorizers
	some i in authorizer.issuer.targets
}
