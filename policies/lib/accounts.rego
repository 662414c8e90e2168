# METADATA
# description: Which AWS accounts are the user's own.
package lib.accounts

# own are the accounts of the execution roles that are written as ARNs. A function has the account of its role. The account of a
# role of the stack, or of one that a parameter names, is that of the deployment, which is unknown.
own contains account if {
	some fn in input.functions
	count(fn.role.targets) == 0
	not fn.role.symbol
	account := in_role(fn.role.value)
	account != example
}

own contains account if {
	some fn in input.functions
	account := in_role(fn.role.prefix)
	account != example
}

in_role(arn) := regex.find_all_string_submatch_n(`^arn:[^:]*:iam::([0-9]{12}):`, arn, 1)[0][1]

# third_party reports whether an account is not known to be the user's own and is not trusted.
third_party(account) if {
	account != example
	not account in own
	not account in input.settings.trusted_accounts
}

# example is the account of the AWS documentation, which stands for one that is unknown until deployment.
example := "111122223333"
