# METADATA
# description: Who may invoke functions, and what they say about it. The functions take strings, not nodes.
package lib.invoke

# account is the number of the account that a principal names, whole or one of its users or roles.
account(principal) := principal if regex.match(`^[0-9]{12}$`, principal)

account(principal) := regex.find_all_string_submatch_n(`^arn:[^:]*:(?:iam|sts)::([0-9]{12}):`, principal, 1)[0][1]

# urls contains the function URLs of each function, and permissions its permissions, by their indices. Rules that compare all
# URLs with all permissions take quadratic time.
urls[i] contains j if {
	some j, url in input.function_urls
	some i in url.function.targets
}

permissions[i] contains j if {
	some j, permission in input.permissions
	some i in permission.function.targets
}

# same_target reports whether two resources are, or may be, for the same function and the same alias or
# version. Each alias and version has its own permissions, URL and settings.
same_target(a, b) if {
	some i in a.function.targets
	i in b.function.targets
	not other_qualifier(a.qualifier, b.qualifier)
}

# certainly_same_target is same_target for qualifiers that are known.
certainly_same_target(a, b) if {
	some i in a.function.targets
	i in b.function.targets
	qualifier(a.qualifier) == qualifier(b.qualifier)
}

# other_qualifier reports whether two qualifiers are certainly different. A function without a
# qualifier is the version $LATEST.
other_qualifier(a, b) if qualifier(a) != qualifier(b)

qualifier(node) := "$LATEST" if node.absent

qualifier(node) := node.value if not node.absent

# needs_no_source reports whether a service invokes functions only for those who may register them:
# Lambda@Edge copies and runs functions on its own behalf, and a load balancer invokes only functions
# that an administrator registers as targets.
needs_no_source(principal) if principal in {
	"edgelambda.amazonaws.com", "elasticloadbalancing.amazonaws.com", "elasticloadbalancing.amazonaws.com.cn",
	"replicator.lambda.amazonaws.com",
}

# service is the service that owns what an ARN names.
service(arn) := regex.find_all_string_submatch_n(`^arn:[^:]*:([^:]+):`, arn, 1)[0][1]
