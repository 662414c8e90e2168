# METADATA
# description: Which AWS accounts are the user's own.
package lib.accounts

# own are the accounts of the execution roles that are written as ARNs. A function has the account of its role.
own contains account if {
	some fn in input.functions
	account := regex.find_all_string_submatch_n(`^arn:[^:]*:iam::([0-9]{12}):`, fn.role.value, 1)[0][1]
}

# third_party reports whether an account is not known to be the user's own and is not trusted.
# The account of the AWS documentation stands for one that is unknown until deployment.
third_party(account) if {
	account != "111122223333"
	not account in own
	not account in input.settings.trusted_accounts
}
