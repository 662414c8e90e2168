# METADATA
# description: What a text gives away. The model says whether there is a secret in it.
package lib.secrets

# of_aws are the forms of AWS's own credentials.
of_aws := {"aws-access-key-id", "aws-secret-access-key"}

# token reports whether a secret has a form, and not that of AWS's own credentials.
token(form) if {
	form != ""
	not form in of_aws
}

# what says in words why a text is a secret.
what(secret) := $"has the form {secret.form}" if secret.form != ""

what(secret) := $"gives {secret.name} a value" if secret.form == ""
