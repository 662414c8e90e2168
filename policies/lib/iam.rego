# METADATA
# description: What the words in IAM policies mean. The functions take strings, not nodes.
package lib.iam

# every_action reports whether an action of a statement is all actions of all services.
every_action(action) if regex.match(`^\*+(:\*+)?$`, action)

# service reports whether a principal is an AWS service, also one of a region or of China.
service(principal) if regex.match(`\.amazonaws\.com(\.cn)?$`, principal)

# anyone reports whether a principal of a function's permission is every AWS account.
anyone(principal) if principal == "*"

anyone(principal) if regex.match(`^arn:[^:]*:iam::\*:`, principal)

# aws_managed is the name of a policy that AWS maintains, without its path. It takes the ARN
# or the end of it, because the partition is often not known before deployment.
aws_managed(arn) := regex.find_all_string_submatch_n(`:iam::aws:policy/(?:[^/]+/)*([^/]+)$`, arn, 1)[0][1]
