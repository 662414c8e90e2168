# METADATA
# title: IAM user has a console password without MFA
# description: |
#   A guessed, reused or phished password is enough to act as the user, because no policy requires
#   MFA. With MFA, an attacker also needs the MFA device of the user.
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
#   practices: [14b]
#   since: v0.1.0
#   cwe: [CWE-308]
#   peers:
#     - Trivy AWS-0123
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
#     everything except the setup of an MFA device unless `aws:MultiFactorAuthPresent` is true.
package rules.iam_console_user_without_mfa

import data.lib.iam

deny contains {"at": profile.user.at, "message": $"{password(profile, user)}, but no policy requires MFA"} if {
	not enforced
	some profile in input.login_profiles
	count({input.users[i].id | some i in profile.user.targets}) == 1 # maybe in several variants
	some i in profile.user.targets
	user := input.users[i]
	all_known(user)
	not attached_elsewhere(i)
	not in_group(i)
}

# password names the user and, where it is a resource, the login profile.
password(profile, user) := $"{user.id} has a console password" if profile.id == user.id

password(profile, user) := $"{profile.id} sets a console password for {user.id}" if profile.id != user.id

# Any policy with an MFA condition counts: this rule does not check that it is the right one.
enforced if {
	some statement in all_statements
	some condition in statement.conditions.items
	startswith(lower(condition.key.value), "aws:multifactorauth")
}

# An undetermined condition may be an MFA condition.
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

# all_known reports whether everything that limits a user is known. AWS managed policies do not
# require MFA.
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

# A policy that is not in the stack may be attached to the user.
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

# The policies of groups usually require MFA.
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
