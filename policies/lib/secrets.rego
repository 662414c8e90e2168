# METADATA
# description: What secrets look like. The functions take strings, not nodes.
package lib.secrets

# access_key reports whether a text holds the id of an AWS access key: AKIA for a user's, ASIA
# for a temporary one. The ids of users and roles (AIDA, AROA, …) open nothing.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
access_key(text) if {
	some match in regex.find_all_string_submatch_n(`(?:^|[^A-Za-z0-9+_-])((?:AKIA|ASIA)[A-Z0-9]{16})(?:$|[^A-Za-z0-9+/=_-])`, text, -1)
	key := match[1]
	regex.match(`[0-9]`, key) # words in capitals have no digits
	not placeholder(key)
}

# secret_access_key reports whether a text has the form of the secret that belongs to an AWS
# access key: 40 random characters. Names and paths of that length have words in them, so they
# change less often between capitals, small letters and digits; hashes lack one of the three.
secret_access_key(text) if {
	regex.match(`^[A-Za-z0-9/+]{40}$`, text)
	regex.match(`[A-Z]`, text)
	regex.match(`[a-z]`, text)
	regex.match(`[0-9]`, text)
	count(regex.find_n(`[A-Z]+|[a-z]+|[0-9]+|[/+]+`, text, -1)) >= 19
	not placeholder(text)
}

# named_secret reports whether the name of a variable says that its value is a secret key, and
# not where one is kept.
named_secret(name) if {
	regex.match(`(?i)secret|access_?key|aws.*(key|cred|token)`, name)
	not regex.match(`(?i)(_|-)?(name|arn|id|path|url|uri|bucket|table|parameter|param|ref|prefix)$`, name)
}

# placeholder reports whether a text stands for a secret in documentation.
placeholder(text) if regex.match(`(?i)example|X{4}|0{4}|12345`, text)
