# METADATA
# description: Who may invoke functions, and what they say about it. The functions take strings, not nodes.
package lib.invoke

# account is the number of the account that a principal names, whole or one of its users or roles.
account(principal) := principal if regex.match(`^[0-9]{12}$`, principal)

account(principal) := regex.find_all_string_submatch_n(`^arn:[^:]*:(?:iam|sts)::([0-9]{12}):`, principal, 1)[0][1]

# service is the service that owns what an ARN names.
service(arn) := regex.find_all_string_submatch_n(`^arn:[^:]*:([^:]+):`, arn, 1)[0][1]
