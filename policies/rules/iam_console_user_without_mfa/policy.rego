# METADATA
# title: User has a password for the console and no policy asks for a second factor
# description: |
#   A password that is guessed, reused or phished is all that it takes to act as the user: nothing
#   that the user may do depends on a second factor.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
#     description: Allow MFA-authenticated users to manage their own credentials
# schemas:
#   - input: schema.stack
# custom:
#   id: iam-console-user-without-mfa
#   severity: medium
#   category: identity
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-308]
#   peers:
#     - AWS-0123
#     - KICS b5681959
#     - KICS 3ddfa124
#     - KICS 9ec311bf
#     - Terrascan AC_AWS_0151
#     - CKV2_AWS_22
#     - Security Hub IAM.5
#     - Security Hub IAM.19
#     - Config IAM_USER_MFA_ENABLED
#     - Prowler iam_user_mfa_enabled_console_access
#   remediation: |
#     Let people sign in through IAM Identity Center. Where a user must have a password, deny
#     everything but setting up a device unless aws:MultiFactorAuthPresent is true.
package rules.iam_console_user_without_mfa

import data.lib.iam

deny contains {"at": profile.user.at, "message": $"{user.id} has a password for the console, and no policy asks for a second factor"} if {
	not enforced
	some profile in input.login_profiles
	count(profile.user.targets) == 1
	some i in profile.user.targets
	user := input.users[i]
	all_known(user)
	not attached_elsewhere(i)
	not in_group(i)
}

# Where any policy asks for it, it is not for this rule to say whether it is the right one.
enforced if {
	some statement in all_statements
	some condition in statement.conditions.items
	startswith(lower(condition.key.value), "aws:multifactorauth")
}

# A condition that cannot be read may be the one.
enforced if {
	some statement in all_statements
	statement.conditions.unknown
}

enforced if {
	some policy in input.policies
	policy.statements.unknown
}

enforced if {
	some policy in input.user_policies
	policy.statements.unknown
}

all_statements contains statement if {
	some policy in input.policies
	some statement in policy.statements.items
}

all_statements contains statement if {
	some policy in input.user_policies
	some statement in policy.statements.items
}

all_statements contains statement if {
	some user in input.users
	some statement in user.statements.items
}

# all_known reports whether everything is known that limits a user. The policies that AWS
# maintains ask for no second factor.
all_known(user) if {
	not user.statements.unknown
	not user.managed_policies.unknown
	user.boundary.absent
	user.groups.absent
	every policy in user.managed_policies.items {
		known(policy)
	}
}

known(policy) if count(policy.targets) > 0

known(policy) if iam.aws_managed(policy.value)

known(policy) if iam.aws_managed(policy.suffix)

# A policy from outside may be attached to the user.
attached_elsewhere(i) if {
	some attachment in input.user_attachments
	may_mean(attachment.users, i)
	unknown_policies(attachment.policies)
}

unknown_policies(policies) if policies.unknown

unknown_policies(policies) if {
	some policy in policies.items
	not known(policy)
}

# Groups are where a second factor is asked for as a rule.
in_group(i) if {
	some membership in input.group_memberships
	may_mean(membership.users, i)
}

may_mean(users, _) if users.unknown

may_mean(users, i) if {
	some user in users.items
	i in user.targets
}

may_mean(users, _) if {
	some user in users.items
	user.unknown
	count(user.targets) == 0
}
